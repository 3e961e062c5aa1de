const firstRetransmissionMs = 50

/** Sends now, again after 50 ms, 100 ms, 200 ms … until it is stopped or the deadline is there. @returns what stops it. */
export function retransmit(send: () => void, deadlineMs: number, onDeadline: () => void): () => void {
  let waitMs = firstRetransmissionMs
  let next: NodeJS.Timeout
  const repeat = () => {
    next = setTimeout(repeat, waitMs)
    waitMs *= 2
    send()
  }
  const stop = () => {
    clearTimeout(next)
    clearTimeout(deadline)
  }
  const deadline = setTimeout(() => {
    stop()
    onDeadline()
  }, deadlineMs)
  repeat()
  return stop
}
