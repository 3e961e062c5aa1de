/** Watches one socket for silence. */
export type ActivityWatch = {
  /** Anything at all came in. */
  seen(): void
  stop(): void
}

type ActivityOptions = { idleMs: number; pongTimeoutMs: number; ping(): void; onSilent(): void }

/** After `idleMs` without a byte asks once for a sign of life, after `pongTimeoutMs` more gives up (PSH-36). */
export function watchActivity({ idleMs, pongTimeoutMs, ping, onSilent }: ActivityOptions): ActivityWatch {
  let pongTimer: NodeJS.Timeout | undefined
  const idleTimer = setTimeout(() => {
    ping()
    pongTimer = setTimeout(onSilent, pongTimeoutMs)
    pongTimer.unref()
  }, idleMs)
  // A phone that sleeps must not keep a stopping process alive.
  idleTimer.unref()

  return {
    seen() {
      clearTimeout(pongTimer)
      idleTimer.refresh()
    },
    stop() {
      clearTimeout(pongTimer)
      clearTimeout(idleTimer)
    },
  }
}
