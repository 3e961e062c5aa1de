import { buttonLook } from "@/ui/button-look"

const tables = ["guests", "races", "entries", "laps", "markets", "bets", "rounds", "players", "transfers"] as const

/** Everything to take home: one JSON, or a table for a spreadsheet. No PIN and no token is in it [PTY-15]. */
export function NightExport() {
  return (
    <div className="grid gap-3">
      <a href="/api/v1/export" download className={buttonLook("quiet", "small")}>Everything as JSON</a>
      <p className="text-muted">Or one table for a spreadsheet (CSV):</p>
      <ul className="flex flex-wrap gap-2">
        {tables.map((table) => (
          <li key={table}>
            <a href={`/api/v1/export?table=${table}`} download className={buttonLook("quiet", "small")}>{table}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}
