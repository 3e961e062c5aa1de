/** [LANA-64] How WireGuard comes onto this PC, by the text of /etc/os-release on Linux: the exact command. */
export function wireguardCommand(platform: string, osRelease: string): string {
  if (platform === "darwin") return "brew install wireguard-go"
  if (platform === "win32") return "winget install WireGuard.WireGuard"
  const ids = idsOf(osRelease)
  const known = families.find(({ of }) => ids.some((id) => of.includes(id)))
  return known ? known.command : "install wireguard-go, or wireguard-tools for a kernel with WireGuard, with your system's package manager"
}

// Debian and Ubuntu have both; the others' kernels carry WireGuard themselves, and the tools configure it.
const families: readonly { readonly of: readonly string[]; readonly command: string }[] = [
  { of: ["debian", "ubuntu"], command: "sudo apt install wireguard-go nftables" },
  { of: ["fedora", "rhel", "centos"], command: "sudo dnf install wireguard-tools nftables" },
  { of: ["arch"], command: "sudo pacman -S wireguard-tools nftables" },
  { of: ["opensuse", "suse"], command: "sudo zypper install wireguard-tools nftables" },
  { of: ["alpine"], command: "sudo apk add wireguard-tools nftables" },
]

/** `ID`, then what it is derived from. */
function idsOf(osRelease: string): string[] {
  const value = (name: string) => new RegExp(`^${name}=["']?([^"'\\n]*)`, "m").exec(osRelease)?.[1] ?? ""
  return [value("ID"), ...value("ID_LIKE").split(/\s+/)].filter((id) => id !== "")
}
