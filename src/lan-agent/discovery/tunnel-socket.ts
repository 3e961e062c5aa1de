import { type Socket, createSocket } from "node:dgram"
import { once } from "node:events"
import { type Refusal, type Result, ok, refuse } from "@/kernel/result"
import type { Libc } from "./libc"

/** [LAND-11] The agents talk about discovery on this UDP port of their addresses in the LAN. */
export const discoveryPort = 10_066

const socketLevel = 1
const bindToDevice = 25

function socketAddress(address: string, port: number): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt16LE(2, 0)
  bytes.writeUInt16BE(port, 2)
  Buffer.from(address.split(".").map(Number)).copy(bytes, 4)
  return bytes
}

/**
 * [LAND-12] A socket that hears and speaks through the WireGuard interface alone: a machine of the home network that writes a
 * PC of the LAN as its sender is not heard.
 */
export async function openTunnelSocket(
  { interfaceName, virtualIp }: { interfaceName: string; virtualIp: string },
  libc: Libc,
): Promise<Result<Socket, Refusal<"no_tunnel" | "port_taken">>> {
  const fd = libc.udpSocket()
  const give = (code: "no_tunnel" | "port_taken") => {
    const reason = libc.lastError()
    libc.close(fd)
    return refuse(code, { reason })
  }
  if (libc.setOption(fd, socketLevel, bindToDevice, Buffer.from(`${interfaceName}\0`)) < 0) return give("no_tunnel")
  if (libc.bind(fd, socketAddress(virtualIp, discoveryPort)) < 0) {
    return give(libc.lastError() === "EADDRINUSE" ? "port_taken" : "no_tunnel")
  }
  const socket = createSocket("udp4")
  // A socket that is bound already listens at once.
  const listening = once(socket, "listening")
  socket.bind({ fd, exclusive: true })
  await listening
  return ok(socket)
}
