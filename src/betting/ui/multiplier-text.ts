/** What one coin pays, from hundredths: 200 → "×2", 237 → "×2.37", 1162 → "×11.6"; "–" while nobody knows. */
export function multiplierText(hundredths: number | null): string {
  if (hundredths === null) return "–"
  if (hundredths % 100 === 0) return `×${hundredths / 100}`
  if (hundredths < 1000) return `×${(hundredths / 100).toFixed(2)}`
  // Rounded down: nobody is promised more than they get.
  return `×${(Math.floor(hundredths / 10) / 10).toFixed(1)}`
}
