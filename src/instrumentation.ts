/** Runs once per server process. The ticker does due work where the process lives on; elsewhere the cron route does. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.PARTY_OS_TICKER !== "1") return
  const [{ runtime }, { startTicker }] = await Promise.all([import("./server/runtime"), import("./server/due-work")])
  startTicker(runtime())
}
