import { startRelay } from "@/lan/relay/relay-commands"
import { startStunServer } from "@/lan/stun-commands"

/** A program: STUN server and relay on `node test-house.mjs ADDRESS ADDRESS SECRET-HEX`. Says "ready". */
const [first = "", second = "", secret = ""] = process.argv.slice(2)
await startStunServer({ addresses: [first, second], ports: [3478, 3479], nowMs: () => performance.now() })
await startRelay({ secret: Buffer.from(secret, "hex"), listen: { address: first, port: 4000 }, nowMs: () => Date.now() })
console.log("ready")
