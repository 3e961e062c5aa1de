import { performance } from "node:perf_hooks"
import { startStunServer } from "@/lan/stun-commands"

/** A program: the STUN server on `node stun-house.mjs ADDRESS ADDRESS`, at the usual port and the next. Says "ready". */
const [first, second] = process.argv.slice(2)
if (first === undefined || second === undefined) throw new Error("two addresses, please")
await startStunServer({ addresses: [first, second], ports: [3478, 3479], nowMs: () => performance.now() })
console.log("ready")
