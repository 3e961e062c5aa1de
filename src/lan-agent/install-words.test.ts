import { describe, expect, it } from "vitest"
import { wireguardCommand } from "./install-words"

describe("how WireGuard comes onto a PC", () => {
  it.each([
    ["debian", 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', "sudo apt install wireguard-go nftables"],
    ["mint", 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', "sudo apt install wireguard-go nftables"],
    ["fedora", "ID=fedora\n", "sudo dnf install wireguard-tools nftables"],
    ["rocky", 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', "sudo dnf install wireguard-tools nftables"],
    ["manjaro", "ID=manjaro\nID_LIKE=arch\n", "sudo pacman -S wireguard-tools nftables"],
  ])("[LANA-64] %s", (_name, release, command) => {
    expect(wireguardCommand("linux", release)).toBe(command)
  })

  it("[LANA-64] elsewhere, and where nothing is known", () => {
    expect(wireguardCommand("darwin", "")).toBe("brew install wireguard-go")
    expect(wireguardCommand("win32", "")).toBe("winget install WireGuard.WireGuard")
    expect(wireguardCommand("linux", "ID=mine\n")).toContain("package manager")
  })
})
