import fc from "fast-check"
import { create } from "qrcode"
import { expect, it } from "vitest"
import { QUIET_ZONE, qrPath } from "./qr-path"

it("draws exactly the dark modules, inside the quiet zone", () => {
  fc.assert(
    fc.property(fc.webUrl(), (url) => {
      const { modules } = create(url, { errorCorrectionLevel: "M" })
      const { size, path } = qrPath(url)
      expect(size).toBe(modules.size + 2 * QUIET_ZONE)
      expect(drawn(path)).toEqual(dark(modules))
    }),
    { numRuns: 25 },
  )
})

it("is the same for the same text and differs for another party", () => {
  expect(qrPath("http://10.0.0.2:3000/?pin=1")).toEqual(qrPath("http://10.0.0.2:3000/?pin=1"))
  expect(qrPath("http://10.0.0.2:3000/?pin=1").path).not.toBe(qrPath("http://10.0.0.2:3000/?pin=2").path)
})

function dark(modules: ReturnType<typeof create>["modules"]): string[] {
  const cells: string[] = []
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) cells.push(`${x},${y}`)
  }
  return cells
}

function drawn(path: string): string[] {
  return Array.from(path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)).flatMap(([, x, y, run]) =>
    Array.from({ length: Number(run) }, (_, step) => `${Number(x) - QUIET_ZONE + step},${Number(y) - QUIET_ZONE}`),
  )
}
