/**
 * Whose connections were ended, and which sockets are older than that: what was signed for one of them before must open
 * nothing afterwards (PSH-60). Sockets are numbered in the order in which they were opened.
 */
export class EndedUsers {
  private readonly lastSockets = new Map<string, number>()

  /** Keeps the `most` users ended last. */
  constructor(private readonly most: number) {}

  /** `lastSocket` is the newest socket there is. */
  end(userId: string, lastSocket: number): void {
    this.lastSockets.delete(userId)
    this.lastSockets.set(userId, lastSocket)
    for (const oldest of this.lastSockets.keys()) {
      if (this.lastSockets.size <= this.most) return
      this.lastSockets.delete(oldest)
    }
  }

  /** Whether this socket was there already when the user's connections were ended. */
  includes(userId: string, socket: number): boolean {
    return socket <= (this.lastSockets.get(userId) ?? 0)
  }
}
