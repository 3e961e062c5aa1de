import { createServer } from "node:net"

/** A port of 127.0.0.1 that is free now: `preferred` if it is, else any. Another program may still be faster. */
export async function freePort(preferred: number | undefined): Promise<number> {
  if (preferred === undefined) return claim(0)
  return claim(preferred).catch(() => claim(0))
}

function claim(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(port, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => {
        if (address && typeof address === "object") resolve(address.port)
        else reject(new Error("no port"))
      })
    })
  })
}
