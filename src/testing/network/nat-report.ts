import { createSocket } from "node:dgram"
import { once } from "node:events"
import { performance } from "node:perf_hooks"
import { natTypeOf } from "@/lan/nat-behaviour"
import { discoverNat } from "@/lan-agent/nat-discovery"
import { StunClient } from "@/lan-agent/stun-client"

/** A program: `node nat-report.mjs OWN_ADDRESS SERVER` says in one line of JSON what our own discovery makes of the router. */
const [own, address] = process.argv.slice(2)
if (own === undefined || address === undefined) throw new Error("own address and server, please")
const socket = createSocket("udp4")
socket.bind(0)
await once(socket, "listening")
const stun = new StunClient({
  send: (datagram, to) => socket.send(datagram, to.port, to.address),
  nowMs: () => performance.now(),
})
socket.on("message", (datagram, from) => stun.receive(datagram, { address: from.address, port: from.port }))
const found = await discoverNat(
  (server, question) => stun.request(server, question),
  { address, port: 3478 },
  (mapped) => mapped.address === own && mapped.port === socket.address().port,
)
console.log(JSON.stringify(found.ok ? { type: natTypeOf(found.value.behaviour), mapped: found.value.mappedAddress } : found.refusal))
socket.close()
