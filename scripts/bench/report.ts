/** One measurement beside the baseline of the same run, and what it should be. */
export type Line = {
  readonly what: string
  readonly measured: string
  readonly baseline: string
  /** How the two compare: "79 %", "3.1 ×". */
  readonly compared?: string
  readonly aim?: Aim
}

/** What was aimed at, in words, and whether it was reached. */
export type Aim = { readonly words: string; readonly isMet: boolean }

/** The lines as a Markdown table with aligned columns, so that a terminal and the docs show the same. */
export function tableOf(lines: readonly Line[], besides = "baseline in the same run"): string {
  const headings = ["measurement", "measured", besides, "compared", "aim", ""]
  const rows = [
    headings,
    headings.map(() => ""),
    ...lines.map((line) => [line.what, line.measured, line.baseline, line.compared ?? "", line.aim?.words ?? "", verdictOf(line.aim)]),
  ]
  return alignedTable(rows)
}

/** Rows under their headings, for what has no baseline of its own. */
export function plainTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return alignedTable([headings, headings.map(() => ""), ...rows])
}

function alignedTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row, index) => {
      const filler = index === 1 ? "-" : " "
      return `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0, filler)).join(" | ")} |`
    })
    .join("\n")
}

function verdictOf(aim: Aim | undefined): string {
  if (!aim) return ""
  return aim.isMet ? "met" : "MISSED"
}

export const atLeast = (value: number, limit: number, words: string): Aim => ({ words: `≥ ${words}`, isMet: value >= limit })
export const atMost = (value: number, limit: number, words: string): Aim => ({ words: `≤ ${words}`, isMet: value <= limit })

/** Milliseconds for people: three digits at most. */
export function msText(ms: number): string {
  return ms < 10 ? ms.toFixed(1) : ms.toFixed(0)
}

export const percentilesText = ({ p50, p99 }: { p50: number; p99: number }): string => `p50 ${msText(p50)} p99 ${msText(p99)} ms`
export const rateText = (perSecond: number): string => `${perSecond.toFixed(0)}/s`
export const timesText = (ratio: number): string => `${ratio.toFixed(1)} ×`
export const shareText = (ratio: number): string => `${(ratio * 100).toFixed(0)} %`
export const mbText = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`
export const kbText = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
