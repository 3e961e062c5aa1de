/** What one coin pays, from hundredths: 200 → "2.00×"; "—" while nobody knows. */
export function oddsText(hundredths: number | null): string {
  return hundredths === null ? "—" : `${(hundredths / 100).toFixed(2)}×`
}
