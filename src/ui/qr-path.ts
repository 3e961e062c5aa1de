import { create } from "qrcode"

/** Modules of silence a reader needs around a code. */
export const QUIET_ZONE = 4

/**
 * The QR code of a text as one SVG path of dark runs, in modules; `size` includes the quiet zone.
 * Throws when the text is too long for any QR code.
 */
export function qrPath(text: string): { size: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: "M" })
  let path = ""
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (!modules.get(y, x)) continue
      let run = 1
      while (x + run < modules.size && modules.get(y, x + run)) run++
      path += `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h${run}v1h-${run}z`
      x += run
    }
  }
  return { size: modules.size + 2 * QUIET_ZONE, path }
}
