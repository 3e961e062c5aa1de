import { qrText, type QrLook } from "./qr-text"

export type Welcome = {
  readonly partyName: string
  readonly isNew: boolean
  readonly joinPin: number
  /** `http://<address in the house>:<port>` */
  readonly lanUrl: string
  /** `http://localhost:<port>` */
  readonly localUrl: string
  readonly hostToken: string
  readonly passcode: string | undefined
}

/** Everything the host needs to see, in the order in which it is needed: guests first, the host, how to stop. */
export function welcomeLines(welcome: Welcome, look: QrLook): string[] {
  const join = `${welcome.lanUrl}/party/join?pin=${welcome.joinPin}`
  return [
    "",
    `  ${welcome.partyName}${welcome.isNew ? "" : " goes on"}`,
    "",
    ...qrText(join, look).map((line) => `  ${line}`),
    "",
    `  Guests  ${join}   PIN ${welcome.joinPin}`,
    `  TV      ${welcome.lanUrl}/party/tv`,
    `  Host    ${hostLine(welcome)}`,
    "",
    "  Stop with Ctrl-C. The next start goes on from here.",
    "",
  ]
}

/** Colours only for a terminal that has 256 of them and wants any. */
export function lookOf(stream: { isTTY?: boolean; getColorDepth?: () => number }, env: Readonly<Record<string, string | undefined>>): QrLook {
  if (!stream.isTTY || env.NO_COLOR) return "plain"
  return (stream.getColorDepth?.() ?? 1) >= 8 ? "colours" : "plain"
}

// The link works once, whichever of its two addresses is opened.
function hostLine({ localUrl, lanUrl, hostToken, passcode }: Welcome): string {
  const path = `/admin/login#${hostToken}`
  const links = localUrl === lanUrl ? `${localUrl}${path}` : `${localUrl}${path}   or ${lanUrl}${path}`
  return passcode ? `${links}   passcode ${passcode}` : links
}
