import type { Refusal } from "@/kernel/result"
import type { DiscoveryRefusal } from "./discovery/discovery"

type Words = string | ((detail: (name: string) => string) => string)

const newLine = "Copy a new line from your phone."
const sudo = "Type the line with sudo in front of node"

/** [LANA-62] Each with what to do. */
const words: Readonly<Record<string, Words>> = {
  // The line.
  link_missing: "Say which party: join '<link from your phone>'.",
  link_no_address: `That is no link: it begins with http:// or https://. ${newLine}`,
  link_not_http: `That link begins with neither http:// nor https://. ${newLine}`,
  link_other_page: `That link leads somewhere else: a line's link ends in /lan#…. ${newLine}`,
  link_no_invitation: "The part behind # is missing: put the link in quotes ('…'), for some shells cut it off.",
  link_no_line: `What stands behind # is no line of a party. ${newLine}`,
  lan_invitation_unknown: `This line does not work. ${newLine}`,
  lan_invitation_used: `This line was used already, by another PC or another run. ${newLine}`,
  lan_invitation_expired: `This line is older than an hour. ${newLine}`,
  // Coming in.
  lan_password_needed: "This network has a password: ask the host, and give it when asked or with --password.",
  lan_wrong_password: "That password is not right: ask the host.",
  lan_key_not_proven: "This PC could not prove that its key is its own: try the same line again.",
  lan_key_taken: "A PC with this key is in the network already: leave there first.",
  lan_full: "The network is full: ask the host to let more PCs in.",
  lan_addresses_exhausted: "The network is full: no address is left.",
  lan_too_many_pcs: "You have as many PCs in the network as one guest may: let one leave first.",
  lan_host_here: "The host's PC is in the network already: leave there first.",
  lan_barred: "The host took you out of this network: ask the host to let you back in.",
  too_many_guesses: "Too many wrong tries from here: wait a few minutes.",
  name_empty: "A PC needs a name: give one with --name.",
  name_too_long: "That name is too long: give a shorter one with --name.",
  name_not_for_family: "That name is not one for this party: give another one with --name.",
  party_unknown: `There is no such party any more. ${newLine}`,
  party_ended: "The party is over.",
  lan_network_ended: "The network has ended.",
  lan_network_unknown: `There is no such network any more. ${newLine}`,
  lan_token_unknown: `This PC is in no network any more. ${newLine}`,
  lan_token_expired: `This PC's pass has run out. ${newLine}`,
  lan_kicked: "The host took this PC out of the network: ask the host to let you back in.",
  kicked: "The host took you out of the party.",
  lan_silent: "The party had not heard of this PC for five minutes: join again with the same line.",
  // The party.
  party_unreachable: (detail) => `The party does not answer (${detail("why")}): is this PC in its network, and does the party run?`,
  party_busy: "The party is busy: try again in a moment.",
  party_broken: "The party has a fault: try again in a moment, and tell the host if it stays.",
  not_a_party: "What answers there is no party of this kind: check the address of the link.",
  // This PC.
  not_permitted: `Making a network needs the administrator's rights. ${sudo}.`,
  no_tun: "This PC has no TUN device (/dev/net/tun): type sudo modprobe tun, or allow it for this container.",
  no_wireguard: (detail) => `WireGuard is missing on this PC: ${detail("command") || "sudo apt install wireguard-go"}`,
  interface_taken: (detail) => `The network interface ${detail("interfaceName")} belongs to something else: remove it, then try again.`,
  tunnel_failed: (detail) => `The system did not let the network be made: ${detail("reason")}`,
  unknown_platform: "This program knows Linux, macOS and Windows, and this system is none of them.",
  already_running: "This PC is in that party's network already: see it with status, end it with leave.",
  other_party: (detail) => `This PC is in the network of ${detail("party")}, and can be in one at a time: end that with leave.`,
  not_running: "No network of a party runs on this PC, as far as this user may see: one that was joined with sudo shows itself with sudo.",
  identity_readable_by_others: (detail) => `Others can read the key in ${detail("file")}: delete that file and join with a new line.`,
  identity_not_ours: (detail) => `The key in ${detail("file")} belongs to another user: join as that user, or delete it.`,
  identity_unreadable: (detail) => `The file ${detail("file")} is damaged: delete it and join with a new line.`,
  identity_not_kept: (detail) => `The state could not be written (${detail("why")}): after a restart this PC needs a new line.`,
  state_not_writable: (detail) => `The folder ${detail("folder")} cannot be written: ${sudo}.`,
  // While it runs.
  accident: (detail) => `Something broke (${detail("why")}). Everything is taken down; the same line brings this PC back.`,
  tunnel_gone: (detail) => `The network interface has gone (${detail("why")}): making it again.`,
  peer_failed: (detail) => `One PC could not be added (${detail("why")}): trying again.`,
  not_closed: (detail) => `Something did not close (${detail("why")}): the next start cleans up.`,
  games_unknown: (detail) => `There is no game ${detail("id")} in the list: known are ${detail("known")}.`,
  games_not_carried: (detail) => `Games will not find each other by themselves (${detail("why")}): connect by the address of the PC instead.`,
  native_unknown: "Discovery of games is not there for this kind of PC: connect by the address of the PC instead.",
  native_wrong: "The file for the discovery of games is not the one it should be: tell the host.",
  native_unreachable: "The file for the discovery of games could not be fetched: try again later.",
}

/** [LAND-4] Why games do not find each other by themselves on this PC. */
const discoveryWords: Readonly<Record<DiscoveryRefusal["code"], string>> = {
  not_supported: "on this system it is not there",
  no_games: "no game was chosen",
  no_koffi: "its part for this system does not load",
  no_tun: "this PC has no TUN device",
  not_permitted: "the administrator's rights are needed",
  interface_taken: "its network interface belongs to something else",
  no_tunnel: "the network's interface is not there",
  port_taken: "another program has its port",
  no_routes: "the system did not let its routes be made",
}

/** [LAND-4] What the agent says of a discovery that was refused. */
export function gamesNotCarried({ code, detail }: DiscoveryRefusal): Refusal<"games_not_carried"> {
  const reason = detail?.reason === undefined ? "" : `: ${detail.reason}`
  return { code: "games_not_carried", detail: { why: `${discoveryWords[code]}${reason}` } }
}

/** A refusal as one sentence for people; the party's own one when the agent is older than the party. */
export function sentenceOf(refusal: Refusal): string {
  // [LANA-63] Part of it may be the party's text, or that of a program that broke.
  return wordsOf(refusal).replace(/\p{C}/gu, "").slice(0, 500)
}

function wordsOf(refusal: Refusal): string {
  const known = words[refusal.code]
  const detail = (name: string) => String(refusal.detail?.[name] ?? "")
  if (typeof known === "string") return known
  if (known) return known(detail)
  return detail("said") || `${refusal.code}${detail("why") && `: ${detail("why")}`}`
}
