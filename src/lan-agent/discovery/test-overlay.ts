import type { Home, Pc } from "@/testing/network/home"

/** The overlay's addresses of the PCs, in their order: 10.66.0.2 and on. */
export function overlayAddress(index: number): string {
  return `10.66.0.${index + 2}`
}

type Place = { readonly pc: Pc; readonly home: Home; readonly privateKey: string; readonly publicKey: string }

/**
 * Joins the homes' PCs by plain wireguard-go, interface party0: the tunnel that discovery finds when it is opened. Each has a
 * port of its own, which its router keeps, and both ends send, so that two port-restricted routers let them through.
 */
export async function joinOverlay(homes: readonly Home[]): Promise<void> {
  const places = await Promise.all(
    homes.flatMap((home) =>
      home.pcs.map(async (pc): Promise<Place> => {
        const privateKey = (await pc.runOrThrow("wg", ["genkey"])).trim()
        const publicKey = (await pc.runOrThrow("wg", ["pubkey"], { input: privateKey })).trim()
        return { pc, home, privateKey, publicKey }
      }),
    ),
  )
  await Promise.all(places.map((place, index) => joinOne(place, index, places)))
}

const portOf = (index: number) => 51820 + index

async function joinOne({ pc, home, privateKey }: Place, own: number, places: readonly Place[]) {
  pc.spawn("wireguard-go", ["-f", "party0"], { env: { WG_I_PREFER_BUGGY_USERSPACE_TO_POLISHED_KMOD: "1" } })
  const others = places.flatMap((other, index) => {
    if (index === own) return []
    const address = other.home === home ? other.pc.address : other.home.wanAddress
    return ["[Peer]", `PublicKey = ${other.publicKey}`, `AllowedIPs = ${overlayAddress(index)}/32`, `Endpoint = ${address}:${portOf(index)}`, "PersistentKeepalive = 1"]
  })
  const config = ["[Interface]", `PrivateKey = ${privateKey}`, `ListenPort = ${portOf(own)}`, ...others].join("\n")
  const untilItTakesIt = "i=0; cat > $HOME/wg.conf; until wg setconf party0 $HOME/wg.conf; do i=$((i+1)); [ $i -lt 100 ] || exit 1; sleep 0.05; done"
  await pc.runOrThrow("sh", ["-c", untilItTakesIt], { input: config })
  await pc.configure([`addr add ${overlayAddress(own)}/16 dev party0`, "link set party0 mtu 1420 up"])
}
