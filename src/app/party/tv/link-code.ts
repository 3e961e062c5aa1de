/** The letters of a TV link's code: no 0/O, 1/I/L. */
export const linkCodeLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

/** As long as a code of any link is; a TV's has ten. */
export const longestLinkCode = 24

/** What of a typed text can be part of a code, in capitals. */
export function linkCodeOf(text: string): string {
  return [...text.toUpperCase()].filter((letter) => linkCodeLetters.includes(letter)).join("").slice(0, longestLinkCode)
}

/** In groups of five, as people read it. */
export function linkCodeText(code: string): string {
  return code.replace(/.{5}(?=.)/g, "$& ")
}
