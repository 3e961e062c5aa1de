import { ok, refuse, type Refusal, type Result } from "@/kernel/result"

/** The longest name, in characters as a person counts them. */
export const longestName = 24

// What cannot be seen: control characters, halves of characters, bidirectional overrides, zero-width spaces, letters and signs that are blank. The zero-width joiner stays: it holds emoji together.
const invisible =
  /[\p{Cc}\p{Cs}\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200C\u200E\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB]/gu
const somethingToSee = /[\p{L}\p{N}\p{P}\p{S}]/u
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" })

const charactersOf = (text: string) => Array.from(graphemes.segment(text), (part) => part.segment)

/**
 * The name a guest gets from what they typed: NFC, blanks trimmed and folded, 1 to 24 visible characters [PTY-3].
 */
export function guestName(typed: string): Result<string, Refusal<"name_empty" | "name_too_long">> {
  // What cannot be seen may stand between two blanks, or between a letter and its accent.
  const name = typed.replace(/\s/gu, " ").replace(invisible, "").replace(/ +/g, " ").normalize("NFC").trim()
  if (!somethingToSee.test(name)) return refuse("name_empty")
  if (charactersOf(name).length > longestName || name.length > 200) return refuse("name_too_long", { limit: longestName })
  return ok(name)
}

/** Two names are the same when their keys are: "Ann" and "ANN", and "Ann" with a joiner nobody sees [PTY-3]. */
export function nameKey(name: string): string {
  return name.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "").toLowerCase()
}

/** The first free form of a name: "Ann", "Ann 2", "Ann 3" … shortened where the number would not fit [PTY-3]. */
export function freeName(name: string, takenKeys: ReadonlySet<string>): string {
  if (!takenKeys.has(nameKey(name))) return name
  for (let number = 2; ; number++) {
    const suffix = ` ${number}`
    const candidate = charactersOf(name).slice(0, longestName - suffix.length).join("").trimEnd() + suffix
    if (!takenKeys.has(nameKey(candidate))) return candidate
  }
}
