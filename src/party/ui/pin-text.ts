/** A party PIN as it is read aloud: 123456 → "123 456". */
export function pinText(pin: number): string {
  const digits = String(pin)
  return `${digits.slice(0, 3)} ${digits.slice(3)}`
}
