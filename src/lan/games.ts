import { type Refusal, type Result, ok, refuse } from "@/kernel/result"

/** A game, or a service, that finds others by UDP broadcast or multicast, and the ports it shouts to. */
export type LanGame = {
  /** What is typed and stored: kebab-case, never changed. */
  readonly id: string
  readonly name: string
  readonly udpPorts: readonly number[]
  /** The multicast groups it uses; a game without any broadcasts. */
  readonly multicastGroups?: readonly string[]
  /** Others at home use the same groups (printers, televisions): programs keep sending there, and into the LAN besides. */
  readonly isSharedWithHome?: boolean
}

function portsFrom(first: number, last: number, step = 1): readonly number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step)
}

/**
 * What may be chosen for discovery across the LAN; nothing is chosen by itself. The ports are those that queries or
 * announcements are sent to by broadcast, which need not be those that are played on. Answers go unicast through the tunnel
 * and need no entry. Only what a source names is here; the source stands above each entry.
 */
export const lanGames: readonly LanGame[] = [
  // OpenSourceLAN/service-discovery-helper, GAMES.md: every 12th port.
  { id: "arma-2", name: "ARMA 2, DayZ", udpPorts: portsFrom(2302, 2470, 12) },
  // OpenSourceLAN/service-discovery-helper, GAMES.md.
  { id: "blur", name: "Blur", udpPorts: [50001] },
  // fbraz3/GeneralsX issue 86: UDP broadcast on port 8086.
  { id: "command-and-conquer-generals", name: "Command & Conquer: Generals, Zero Hour", udpPorts: [8086] },
  // gist of adamnew123456, "Command and Conquer 3 - LAN Protocol Exploration": each message goes to all of them.
  { id: "command-and-conquer-3", name: "Command & Conquer 3", udpPorts: portsFrom(8086, 8093) },
  // learn.microsoft.com, MC-DPL4CS 3.1.4.1: sessions are asked for at 255.255.255.255; the port: wiki.wireshark.org, DPlay.
  { id: "directplay-4", name: "DirectPlay 4 games: Age of Empires, Age of Empires II", udpPorts: [47624] },
  // learn.microsoft.com, MC-DPLHP 3.1.3: the port registered for DirectPlay 8, used by many games of 2000 to 2005.
  { id: "directplay-8", name: "DirectPlay 8 games", udpPorts: [6073] },
  // OpenSourceLAN/service-discovery-helper, GAMES.md.
  { id: "flatout-2", name: "FlatOut 2", udpPorts: [23757] },
  // freeciv, server/sernet.h: SERVER_LAN_PORT 4555 asks, the next one answers, by multicast too; get_multicast_group in shared.c.
  { id: "freeciv", name: "Freeciv", udpPorts: [4555, 4556], multicastGroups: ["225.1.1.1"] },
  // OpenJK, codemp/qcommon/qcommon.h: PORT_SERVER 29070, NUM_SERVER_PORTS 4.
  { id: "jedi-academy", name: "Jedi Knight: Jedi Academy", udpPorts: portsFrom(29070, 29073) },
  // Anuken/Mindustry, core/src/mindustry/Vars.java: multicast to 227.2.7.7:20151.
  { id: "mindustry", name: "Mindustry", udpPorts: [20151], multicastGroups: ["227.2.7.7"] },
  // net.minecraft LanServerPinger (Fabric's yarn documentation): multicast to 224.0.2.60:4445.
  { id: "minecraft-java", name: "Minecraft Java Edition, open to LAN", udpPorts: [4445], multicastGroups: ["224.0.2.60"] },
  // opnsense/ports, net/udpbroadcastrelay/README.md: RakNet discovery.
  { id: "minecraft-bedrock", name: "Minecraft Bedrock Edition", udpPorts: [19132] },
  // multitheftauto/mtasa-blue, SERVER_LIST_BROADCAST_PORT 34219.
  { id: "multi-theft-auto", name: "Multi Theft Auto: San Andreas", udpPorts: [34219] },
  // FTE QuakeWorld, server list: 255.255.255.255:26000 for Quake and DarkPlaces servers, 255.255.255.255:27500 for QuakeWorld.
  { id: "quake", name: "Quake, QuakeWorld, Xonotic (DarkPlaces)", udpPorts: [26000, 27500] },
  // Quake III Arena and its descendants, qcommon.h: PORT_SERVER 27960, "broadcast scan this many ports" 4.
  { id: "quake-3", name: "Quake III Arena, OpenArena, Wolfenstein: Enemy Territory", udpPorts: portsFrom(27960, 27963) },
  // OpenSourceLAN/service-discovery-helper, GAMES.md and ports: TF2, CS:S, CS:GO, HL2DM.
  { id: "source-engine", name: "Source games: Counter-Strike, Team Fortress 2, Half-Life 2", udpPorts: portsFrom(27015, 27020) },
  // teeworlds/teeworlds and ddnet/ddnet, src/engine/serverbrowser.h: LAN_PORT_BEGIN 8303, LAN_PORT_END 8310.
  { id: "teeworlds", name: "Teeworlds, DDNet", udpPorts: portsFrom(8303, 8310) },
  // impromptu1583/BWMulticastRelay, Design.md: captured requests and announcements go to 255.255.255.255:6111.
  { id: "starcraft", name: "StarCraft, Brood War (UDP)", udpPorts: [6111] },
  // rkarabut/udp-broadcast-tunnel, README.md.
  { id: "titan-quest", name: "Titan Quest Anniversary Edition", udpPorts: [42801] },
  // rkarabut/udp-broadcast-tunnel, README.md.
  { id: "torchlight-2", name: "Torchlight II", udpPorts: [4549] },
  // OpenSourceLAN/service-discovery-helper, GAMES.md.
  { id: "trackmania", name: "TrackMania Forever, TrackMania 2, ShootMania", udpPorts: portsFrom(2350, 2360) },
  // Defaults of the engine's online layer: LanAnnouncePort=14001.
  { id: "unreal-engine-3", name: "Unreal Engine 3 games: Gears of War, Unreal Tournament 3", udpPorts: [14001] },
  // OpenSourceLAN/service-discovery-helper, GAMES.md.
  { id: "unreal-tournament-2004", name: "Unreal Tournament 2004", udpPorts: [10777] },
  // OpenSourceLAN/service-discovery-helper, GAMES.md; rkarabut/udp-broadcast-tunnel, README.md.
  { id: "warcraft-3", name: "Warcraft III", udpPorts: [6112] },
  // OpenSourceLAN/service-discovery-helper, GAMES.md.
  { id: "warsow", name: "Warsow", udpPorts: [44400] },
  // opnsense/ports, net/udpbroadcastrelay/README.md: multicast to 224.0.0.251.
  { id: "mdns", name: "Bonjour, Avahi (mDNS)", udpPorts: [5353], multicastGroups: ["224.0.0.251"], isSharedWithHome: true },
  // opnsense/ports, net/udpbroadcastrelay/README.md: multicast to 239.255.255.250.
  { id: "ssdp", name: "UPnP, DLNA (SSDP)", udpPorts: [1900], multicastGroups: ["239.255.255.250"], isSharedWithHome: true },
]

/** The games of these ids, each once; refused with the first id that is none. */
export function gamesNamed(ids: readonly string[]): Result<readonly LanGame[], Refusal<"unknown_game">> {
  const unknown = ids.find((id) => !lanGames.some((game) => game.id === id))
  return unknown === undefined ? ok(lanGames.filter(({ id }) => ids.includes(id))) : refuse("unknown_game", { id: unknown })
}
