/** For whom a screen signs its socket in on hosted Pusher [PTY-24]. */
export const signInKinds = ["guest", "host"] as const
export type SignInAs = (typeof signInKinds)[number]

/** What a form says, or "guest", which most screens are for. */
export function signInAs(text: string | null): SignInAs {
  return signInKinds.find((known) => known === text) ?? "guest"
}
