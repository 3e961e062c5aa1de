import { create } from "qrcode"

const QUIET_ZONE = 4

/** How a terminal shows a QR code: exact colours where it has them, else by letting its own light text be the paper. */
export type QrLook = "colours" | "plain"

/**
 * A QR code in half blocks, two rows of it per line, quiet zone included. In colours it is black on white whatever the
 * terminal's theme; plain it is meant for light text on a dark ground.
 */
export function qrText(text: string, look: QrLook): string[] {
  // Level L: a screen has no stains, and a smaller code is read from further away.
  const { modules } = create(text, { errorCorrectionLevel: "L" })
  const isDark = (row: number, column: number) => {
    const isInside = row >= 0 && column >= 0 && row < modules.size && column < modules.size
    return isInside && modules.get(row, column) === 1
  }
  const lines: string[] = []
  for (let row = -QUIET_ZONE; row < modules.size + QUIET_ZONE; row += 2) {
    let line = ""
    for (let column = -QUIET_ZONE; column < modules.size + QUIET_ZONE; column++) {
      line += halfBlock(isDark(row, column), isDark(row + 1, column), look)
    }
    lines.push(look === "colours" ? `\x1b[38;5;16;48;5;231m${line}\x1b[0m` : line)
  }
  return lines
}

function halfBlock(isTopDark: boolean, isBottomDark: boolean, look: QrLook): string {
  const [top, bottom] = look === "colours" ? [isTopDark, isBottomDark] : [!isTopDark, !isBottomDark]
  if (top) return bottom ? "█" : "▀"
  return bottom ? "▄" : " "
}
