import { appendFileSync } from "node:fs"

/** What a fault came to. Times in ms; printed, so that docs/proof.md can be held against any run. */
export function reportFault(fault: string, measured: Readonly<Record<string, number | string>>): void {
  const line = `fault: ${fault}: ${Object.entries(measured).map(([what, value]) => `${what} ${typeof value === "number" ? Math.round(value) : value}`).join(", ")}`
  console.log(line)
  if (process.env.FAULT_REPORT) appendFileSync(process.env.FAULT_REPORT, `${line}\n`)
}
