/** What AI players are called: nobody takes them for a guest. */
const names = ["Robo Rita", "Chip", "Data Dora", "Byte Bob", "Circuit Sue", "Pixel Pete", "Gizmo"] as const

/** A name no player of the session has. As many as a session has seats. */
export function freeAiName(taken: readonly string[]): string {
  return names.find((name) => !taken.includes(name)) ?? `Robot ${taken.length}`
}
