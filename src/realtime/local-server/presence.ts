/** A person in a presence channel. `userId` keeps the JSON type it was signed with (PSH-24). */
export type Member = { readonly userId: string | number; readonly userInfo?: unknown }

/** The list of people as a new subscriber receives it. */
export type Roster = {
  readonly ids: readonly (string | number)[]
  readonly hash: Readonly<Record<string, unknown>>
  readonly count: number
}

type Seat = { readonly member: Member; readonly socketIds: Set<string> }

/** Who is in one presence channel: a person is there while at least one of their sockets is (PSH-25). */
export class Presence {
  private readonly seats = new Map<string, Seat>()
  private readonly seatBySocketId = new Map<string, Seat>()

  get count(): number {
    return this.seats.size
  }

  /** Whether the person is already there, whatever socket they come with. */
  has(userId: Member["userId"]): boolean {
    return this.seats.has(String(userId))
  }

  /** Seats a socket. True when this is the person's first; a person already there keeps the info they came with. */
  join(socketId: string, member: Member): boolean {
    const seated = this.seats.get(String(member.userId))
    const seat = seated ?? { member, socketIds: new Set<string>() }
    seat.socketIds.add(socketId)
    this.seats.set(String(member.userId), seat)
    this.seatBySocketId.set(socketId, seat)
    return seated === undefined
  }

  /** Takes a socket away. Gives the person when it was their last one, otherwise null. */
  leave(socketId: string): Member | null {
    const seat = this.seatBySocketId.get(socketId)
    if (!seat) return null
    this.seatBySocketId.delete(socketId)
    seat.socketIds.delete(socketId)
    if (seat.socketIds.size > 0) return null
    this.seats.delete(String(seat.member.userId))
    return seat.member
  }

  /** Who a socket is here, as it was signed. */
  memberOf(socketId: string): Member | null {
    return this.seatBySocketId.get(socketId)?.member ?? null
  }

  userIds(): (string | number)[] {
    return this.members().map((member) => member.userId)
  }

  /** Everybody, once each. Absent info is null, because a key without a value would vanish from JSON and the person with it. */
  roster(): Roster {
    const hash = Object.fromEntries(this.members().map((member) => [String(member.userId), member.userInfo ?? null]))
    return { ids: this.userIds(), hash, count: this.count }
  }

  private members(): Member[] {
    return Array.from(this.seats.values(), (seat) => seat.member)
  }
}
