/** The query of the pages a QR code can lead to. */
export type PinQuery = { pin?: string | string[] }

/** The party PIN of a link: six digits, null for anything else. */
export function pinOf({ pin }: PinQuery): string | null {
  const text = Array.isArray(pin) ? pin[0] : pin
  return text && /^\d{6}$/.test(text) ? text : null
}

/** The join page, with the party PIN when it is known. */
export function joinPath(pin: string | null): string {
  return pin ? `/party/join?pin=${pin}` : "/party/join"
}
