/** The letters our fonts have, small and capital: Latin, Greek, Cyrillic and what stands between them. */
const known = /[ -~\u00a0-\u0148\u014a-\u017e\u0384-\u038a\u038e\u038f\u0391-\u03a1\u03a3-\u03af\u03b1-\u03ce\u0400-\u045f\u1e00-\u1e95\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u20ac]/u
const marks = /\p{M}/gu

/**
 * A text as the picture can draw it. For a letter without a glyph the drawing library would ask foreign servers, with
 * the guest's name in the question: such a letter loses its marks, and is left out where that does not help.
 * @returns `instead` when nothing is left.
 */
export function drawable(text: string, instead: string): string {
  const drawn = Array.from(text.normalize("NFC"), drawnLetter).join("").replace(/\s+/gu, " ").trim()
  return drawn === "" ? instead : drawn
}

function drawnLetter(letter: string): string {
  if (known.test(letter)) return letter
  const bare = letter.normalize("NFD").replace(marks, "")
  return bare.length === 1 && known.test(bare) ? bare : ""
}
