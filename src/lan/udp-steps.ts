import { type Socket, type SocketOptions, createSocket } from "node:dgram"
import { once } from "node:events"
import type { Endpoint } from "./protocol"

/** A socket that hears datagrams at this endpoint; port 0 takes any. Rejects when it is taken, and leaves nothing open then. */
export async function boundUdpSocket({ address, port }: Endpoint, options: Omit<SocketOptions, "type"> = {}): Promise<Socket> {
  const socket = createSocket({ ...options, type: address.includes(":") ? "udp6" : "udp4" })
  const listening = once(socket, "listening")
  try {
    socket.bind(port, address)
    await listening
  } catch (error) {
    socket.close()
    throw error
  }
  return socket
}
