// Loaded before the app by `node --import`: its wall clock is off by what the file says, from the next SIGUSR2 on. Timers
// go by another clock, which does not jump, as on a laptop whose time is set.
import { readFileSync } from "node:fs"

const RealDate = Date
let offByMs = 0
const now = () => RealDate.now() + offByMs

process.on("SIGUSR2", () => {
  offByMs = Number(readFileSync(process.env.JUMPING_CLOCK_FILE ?? "", "utf8"))
})

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, made) => Reflect.construct(target, args.length > 0 ? args : [now()], made),
  get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
})
