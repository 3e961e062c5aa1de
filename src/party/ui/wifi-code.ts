/** What a phone's camera reads as "join this Wi-Fi". Without a password the network is open. Special characters are escaped. */
export function wifiCode(network: string, password: string): string {
  const security = password === "" ? "T:nopass;" : "T:WPA;"
  const secret = password === "" ? "" : `P:${escaped(password)};`
  return `WIFI:${security}S:${escaped(network)};${secret};`
}

function escaped(text: string): string {
  return text.replace(/[\\;,:"]/g, "\\$&")
}
