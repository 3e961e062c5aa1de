/** Close codes of the protocol. 4000–4099: do not come back; 4100–4199: come back after a second; 4200–4299: come back at once. */
export const closeCode = {
  unknownApp: 4001,
  badPath: 4005,
  badVersion: 4006,
  unsupportedVersion: 4007,
  unauthorized: 4009,
  overCapacity: 4100,
  noPong: 4201,
} as const

/** Codes that appear only inside `pusher:error` and refusals: as a close code a client would take 43xx for a final "no" (PSH-34). */
export const errorCode = {
  tooMuch: 4301,
} as const
