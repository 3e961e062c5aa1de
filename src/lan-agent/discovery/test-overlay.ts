import type { Pc } from "@/testing/network/home"

/** The overlay's addresses of the PCs, in their order: 10.66.0.2 and on. */
export function overlayAddress(index: number): string {
  return `10.66.0.${index + 2}`
}

/** Joins PCs of one home by plain wireguard-go, interface party0: the tunnel that discovery finds when it is opened. */
export async function joinOverlay(pcs: readonly Pc[]): Promise<void> {
  const keys = await Promise.all(
    pcs.map(async (pc) => {
      const privateKey = (await pc.runOrThrow("wg", ["genkey"])).trim()
      const publicKey = (await pc.runOrThrow("wg", ["pubkey"], { input: privateKey })).trim()
      return { privateKey, publicKey }
    }),
  )
  await Promise.all(pcs.map((pc, index) => joinOne(pc, index, pcs, keys)))
}

async function joinOne(pc: Pc, own: number, pcs: readonly Pc[], keys: readonly { privateKey: string; publicKey: string }[]) {
  pc.spawn("wireguard-go", ["-f", "party0"], { env: { WG_I_PREFER_BUGGY_USERSPACE_TO_POLISHED_KMOD: "1" } })
  const others = keys.flatMap(({ publicKey }, index) =>
    index === own ? [] : ["[Peer]", `PublicKey = ${publicKey}`, `AllowedIPs = ${overlayAddress(index)}/32`, `Endpoint = ${pcs[index]?.address}:51820`],
  )
  const config = ["[Interface]", `PrivateKey = ${keys[own]?.privateKey}`, "ListenPort = 51820", ...others].join("\n")
  const untilItTakesIt = "i=0; cat > $HOME/wg.conf; until wg setconf party0 $HOME/wg.conf; do i=$((i+1)); [ $i -lt 100 ] || exit 1; sleep 0.05; done"
  await pc.runOrThrow("sh", ["-c", untilItTakesIt], { input: config })
  await pc.configure([`addr add ${overlayAddress(own)}/16 dev party0`, "link set party0 mtu 1420 up"])
}
