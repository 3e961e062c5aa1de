// Loaded before the app in a container. At SIGTERM, Next answers what is under way and then waits for lines that a proxy keeps
// open, up to --keepAliveTimeout; Docker kills after ten seconds. By the end of these every question was answered [PTY-23].
const patienceMs = 8_500

process.once("SIGTERM", () => void setTimeout(() => process.exit(0), patienceMs).unref())
