/** good: as it should be. warning: works, but somebody may be surprised. bad: has to be put right. */
export type Level = "good" | "warning" | "bad"

/** What was found, in words for whoever hosts the party. Never holds a password, a key or a whole address of a database. */
export type Finding = {
  readonly check: string
  readonly level: Level
  readonly says: string
  /** What to do about it; there whenever something is not good. */
  readonly todo?: string
}

export const good = (check: string, says: string): Finding => ({ check, level: "good", says })
export const warning = (check: string, says: string, todo: string): Finding => ({ check, level: "warning", says, todo })
export const bad = (check: string, says: string, todo: string): Finding => ({ check, level: "bad", says, todo })

const signs: Record<Level, string> = { good: "✓", warning: "!", bad: "✗" }

/** The findings as lines for a terminal, with what they come to at the end. */
export function reportLines(findings: readonly Finding[]): string[] {
  const lines = findings.flatMap(({ check, level, says, todo }) => [`${signs[level]} ${check}: ${says}`, ...(todo ? [`  → ${todo}`] : [])])
  return [...lines, "", summary(findings)]
}

function summary(findings: readonly Finding[]): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length
  const [wrong, odd] = [count("bad"), count("warning")]
  if (wrong > 0) return `${wrong === 1 ? "One thing has" : `${wrong} things have`} to be put right (✗).`
  if (odd > 0) return `Ready for a party. ${odd === 1 ? "One line is" : `${odd} lines are`} worth reading (!).`
  return "Ready for a party."
}

/** Whether nothing has to be put right. */
export function isWell(findings: readonly Finding[]): boolean {
  return findings.every(({ level }) => level !== "bad")
}
