/** Runs once per server process. The ticker does due work where the process lives on; elsewhere the cron route does. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.PARTY_OS_TICKER !== "1") return
  const [{ runtime }, { startTicker }, { readDictionary }] = await Promise.all([
    import("./server/runtime"),
    import("./server/due-work"),
    import("./games/quipflip/dictionary-queries"),
  ])
  startTicker(runtime())
  // The first phrase of the evening must not wait for 274 000 words. Who needs them finds out if they cannot be read.
  void readDictionary().catch(() => undefined)
}
