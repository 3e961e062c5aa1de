import { createSocket } from "node:dgram"

/**
 * A program, to run inside a namespace. `node lan-echo.mjs serve` sends back what it gets; `node lan-echo.mjs ask ADDRESS …`
 * asks there every few milliseconds and prints when the first answer came, in ms of the clock all processes share.
 * One socket, bound to no address: the kernel takes the way that is there at the moment of each question.
 */
const port = 9007
const everyMs = 4
const [mode, ...addresses] = process.argv.slice(2)
const socket = createSocket("udp4")
// While there is no way yet, there is nobody to tell.
socket.on("error", () => undefined)

if (mode === "serve") {
  socket.on("message", (datagram, from) => socket.send(datagram, from.port, from.address, () => undefined))
  socket.bind(port, () => console.log("ready"))
} else if (mode === "ask" && addresses.length > 0) {
  const ask = () => addresses.forEach((address) => socket.send("?", port, address, () => undefined))
  const asking = setInterval(ask, everyMs)
  socket.once("message", () => {
    clearInterval(asking)
    console.log(Number(process.hrtime.bigint()) / 1e6)
    socket.close()
  })
  socket.bind(0, () => console.log("asking"))
} else throw new Error("serve, or ask ADDRESS …")
