import { closeSync, constants, openSync } from "node:fs"
import { type Refusal, type Result, ok, refuse } from "@/kernel/result"
import type { Libc } from "./libc"

/** A network interface whose cable ends in this process. It is gone when the process is, however that ends. */
export type Tap = {
  readonly name: string
  /** The next Ethernet frame; `null` when none waits; "gone" when there is no interface any more. */
  read(): Buffer | null | "gone"
  /** False when the kernel does not take it. */
  write(frame: Buffer): boolean
  /** Waits until a frame may be there or `wake` was called. */
  readable(): Promise<void>
  wake(): void
  /** Only after the last `readable` has come back. */
  close(): void
}

export type TapRefusal = Refusal<"no_tun" | "not_permitted" | "interface_taken">

const setInterface = 0x400454ca
const tapWithoutPacketInfo = 0x0002 | 0x1000
const nameBytes = 16
const requestBytes = 40
const mostFrameBytes = 65_536
/** Bounds how long the end of a process that forgot to close may take; a second is also rare enough to cost nothing. */
const pollMs = 1_000

function openDevice(): Result<number, TapRefusal> {
  try {
    return ok(openSync("/dev/net/tun", constants.O_RDWR | constants.O_NONBLOCK))
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : ""
    return code === "EACCES" || code === "EPERM" ? refuse("not_permitted") : refuse("no_tun", { reason: code })
  }
}

/** Makes the interface `name` (15 characters at most). It needs the right to configure the network. */
export function openTap(name: string, libc: Libc): Result<Tap, TapRefusal> {
  const device = openDevice()
  if (!device.ok) return device
  const fd = device.value
  const request = Buffer.alloc(requestBytes)
  request.write(name.slice(0, nameBytes - 1), "latin1")
  request.writeUInt16LE(tapWithoutPacketInfo, nameBytes)
  if (libc.ioctl(fd, setInterface, request) < 0) {
    const reason = libc.lastError()
    closeSync(fd)
    if (reason === "EPERM") return refuse("not_permitted")
    return reason === "EBUSY" ? refuse("interface_taken", { name }) : refuse("no_tun", { reason })
  }
  return ok(tapOf(name, fd, libc))
}

function tapOf(name: string, fd: number, libc: Libc): Tap {
  const alarm = libc.eventFd()
  const one = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])
  const frame = Buffer.allocUnsafe(mostFrameBytes)
  return {
    name,
    read: () => {
      const bytes = libc.read(fd, frame)
      if (bytes > 0) return Buffer.from(frame.subarray(0, bytes))
      return ["EAGAIN", "EINTR"].includes(libc.lastError()) ? null : "gone"
    },
    write: (bytes) => libc.write(fd, bytes) === bytes.length,
    readable: async () => void (await libc.readable([fd, alarm], pollMs)),
    wake: () => void libc.write(alarm, one),
    close: () => {
      closeSync(fd)
      closeSync(alarm)
    },
  }
}
