/** The day of an instant where the host is, as a date field has it: `2027-02-19`. */
export function dayOf(iso: string): string {
  const at = new Date(iso)
  const two = (part: number) => String(part).padStart(2, "0")
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** The noon of that day where the host is, as an ISO instant: whatever the zone, it stays that day. */
export function instantOfDay(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number)
  return new Date(year, month - 1, date, 12).toISOString()
}
