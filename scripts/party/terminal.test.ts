import { create } from "qrcode"
import { describe, expect, it } from "vitest"
import { qrText } from "./qr-text"
import { lookOf, welcomeLines, type Welcome } from "./terminal"

const welcome: Welcome = {
  partyName: "Ann's night",
  isNew: true,
  joinPin: 482915,
  lanUrl: "http://192.168.1.20:3000",
  localUrl: "http://localhost:3000",
  hostToken: "ABCDEFGH23456789ABCDEFGH",
  passcode: "KLMN-PQRS",
}
const joinUrl = "http://192.168.1.20:3000/party/join?pin=482915"

/** The modules a camera sees: true where it is dark, quiet zone cut off. */
function seen(lines: string[], isPaper: (half: "top" | "bottom", character: string) => boolean): boolean[][] {
  const rows = lines.flatMap((line) => {
    const characters = [...line]
    return [characters.map((c) => !isPaper("top", c)), characters.map((c) => !isPaper("bottom", c))]
  })
  return rows.slice(4, 4 + rows[0]!.length - 8).map((row) => row.slice(4, -4))
}

function modulesOf(text: string): boolean[][] {
  const { modules } = create(text, { errorCorrectionLevel: "L" })
  return Array.from({ length: modules.size }, (_, row) => Array.from({ length: modules.size }, (_, column) => modules.get(row, column) === 1))
}

describe("welcomeLines", () => {
  it("shows the code first, then guests, TV, host, and how to stop", () => {
    const text = welcomeLines(welcome, "plain").join("\n")
    const order = ["Ann's night", "█▀▀▀", `${joinUrl}   PIN 482915`, "http://192.168.1.20:3000/party/tv", "/admin/login#", "Ctrl-C"]
    const places = order.map((part) => (part === "█▀▀▀" ? text.indexOf("████") : text.indexOf(part)))
    expect(places.every((place) => place >= 0)).toBe(true)
    expect(places).toEqual([...places].sort((a, b) => a - b))
  })

  it("puts the host's two links and the passcode on one line", () => {
    const line = welcomeLines(welcome, "plain").find((each) => each.includes("/admin/login#"))
    expect(line).toContain("http://localhost:3000/admin/login#ABCDEFGH23456789ABCDEFGH")
    expect(line).toContain("http://192.168.1.20:3000/admin/login#ABCDEFGH23456789ABCDEFGH")
    expect(line).toContain("passcode KLMN-PQRS")
  })

  it("says nothing of a passcode it does not know, and names a lone address once", () => {
    const lines = welcomeLines({ ...welcome, lanUrl: welcome.localUrl, passcode: undefined }, "plain")
    expect(lines.join("\n")).not.toContain("passcode")
    expect(lines.join("\n").match(/admin\/login/g)).toHaveLength(1)
  })

  it("tells a party that goes on from a new one", () => {
    expect(welcomeLines({ ...welcome, isNew: false }, "plain")[1]).toBe("  Ann's night goes on")
  })

  it("shows the code of the join address, not of localhost", () => {
    const code = qrText(joinUrl, "plain").map((line) => `  ${line}`)
    expect(welcomeLines(welcome, "plain").join("\n")).toContain(code.join("\n"))
  })
})

describe("qrText", () => {
  it("is light paper with a quiet zone of four on a dark terminal", () => {
    const lines = qrText(joinUrl, "plain")
    expect(seen(lines, (half, c) => c === "█" || (half === "top" ? c === "▀" : c === "▄"))).toEqual(modulesOf(joinUrl))
    expect(lines.slice(0, 2).join("")).toMatch(/^█+$/)
    expect(lines.every((line) => line.startsWith("████") && line.endsWith("████"))).toBe(true)
  })

  it("is black on white whatever the theme where there are colours", () => {
    const lines = qrText(joinUrl, "colours").map((line) => {
      expect(line.startsWith("\x1b[38;5;16;48;5;231m") && line.endsWith("\x1b[0m")).toBe(true)
      return line.replace("\x1b[38;5;16;48;5;231m", "").replace("\x1b[0m", "")
    })
    expect(seen(lines, (half, c) => c === " " || (half === "top" ? c === "▄" : c === "▀"))).toEqual(modulesOf(joinUrl))
  })

  it("fits an ordinary terminal of 80 by 24 with a long address", () => {
    const lines = qrText("http://192.168.178.123:65535/party/join?pin=482915", "plain")
    expect(lines.length).toBeLessThanOrEqual(20)
    expect(lines[0]!.length).toBeLessThanOrEqual(76)
  })
})

describe("lookOf", () => {
  it("uses colours only for a terminal that has them and wants them", () => {
    expect(lookOf({ isTTY: true, getColorDepth: () => 8 }, {})).toBe("colours")
    expect(lookOf({ isTTY: true, getColorDepth: () => 4 }, {})).toBe("plain")
    expect(lookOf({ isTTY: true, getColorDepth: () => 24 }, { NO_COLOR: "1" })).toBe("plain")
    expect(lookOf({}, {})).toBe("plain")
  })
})
