import { type Host, runOrThrow } from "./host"

/** One process for the addresses and routes of a host that forwards, and for its firewall. */
export async function setUpForwarding(host: Host, lines: readonly string[], rules = ""): Promise<void> {
  const script = [
    "ip -batch - <<'END'",
    ...lines,
    "END",
    "echo 1 > /proc/sys/net/ipv4/ip_forward",
    ...(rules ? ["nft -f - <<'END'", rules, "END"] : []),
  ]
  const input = `set -e\n${script.join("\n")}\n`
  await runOrThrow("ip", ["netns", "exec", host.namespace, "sh", "-s"], { input })
}
