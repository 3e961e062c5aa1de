import type { Random } from "@/kernel/random"

/** Nothing that is taken for a 1 or a 0 [QF-S1]. */
const letters = "ABCDEFGHJKMNPQRSTUVWXYZ"
const digits = "23456789"
const perKind = 4

/** A session's code: four letters and four digits, every code equally likely [QF-S1]. */
export function drawSessionCode(random: Random): string {
  return drawn(letters, random) + drawn(digits, random)
}

/** The code somebody typed, in any case and with blanks anywhere, or null when it cannot be one [QF-S1]. */
export function parseSessionCode(typed: string): string | null {
  const code = typed.replace(/\s/g, "")
  return /^[A-HJKMNP-Z]{4}[2-9]{4}$/i.test(code) ? code.toUpperCase() : null
}

function drawn(alphabet: string, random: Random): string {
  return Array.from({ length: perKind }, () => alphabet[random.int(0, alphabet.length - 1)]).join("")
}
