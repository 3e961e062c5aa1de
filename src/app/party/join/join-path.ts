/** The query of the pages a QR code can lead to. `lobby` is the Quipflip session whose code was scanned. */
export type PinQuery = { pin?: string | string[]; lobby?: string | string[] }

/** The party PIN of a link: six digits, null for anything else. */
export function pinOf({ pin }: PinQuery): string | null {
  const text = firstOf(pin)
  return text && /^\d{6}$/.test(text) ? text : null
}

/** The session whose lobby a link wants to end in: its id, null for anything else. */
export function lobbyOf({ lobby }: PinQuery): string | null {
  const text = firstOf(lobby)
  return text && uuid.test(text) ? text : null
}

/** The join page, with the party PIN when it is known, and with the lobby to go on to. */
export function joinPath(pin: string | null, lobbyId: string | null = null): string {
  const query = new URLSearchParams({ ...(pin && { pin }), ...(lobbyId && { lobby: lobbyId }) }).toString()
  return query ? `/party/join?${query}` : "/party/join"
}

/** Where a guest goes who has a seat now. */
export function landingPath(lobbyId: string | null): string {
  return lobbyId ? `/party/lobby/${lobbyId}` : "/party/dashboard"
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
