import type { Koffi } from "./koffi"

/** The few calls of the C library that Node has no own word for. A negative answer is an error; `lastError` names it. */
export type Libc = {
  ioctl(fd: number, request: number, argument: Buffer): number
  read(fd: number, into: Buffer): number
  write(fd: number, bytes: Buffer): number
  close(fd: number): number
  /** Waits on a thread until one of `fds` can be read, at most so long. True when one can, or has broken. */
  readable(fds: readonly number[], atMostMs: number): Promise<boolean>
  /** A file descriptor that is readable once something was written. */
  eventFd(): number
  udpSocket(): number
  setOption(fd: number, level: number, option: number, value: Buffer): number
  bind(fd: number, address: Buffer): number
  lastError(): string
}

// Linux, the same on x86, ARM and RISC-V.
const ipv4Family = 2
const datagramType = 2
const nonBlocking = 0o4000
const closeOnExec = 0o2000000
const pollIn = 1
const pollFdBytes = 8

/** The C library of this process, as far as a TAP device needs it. */
export function libcOf(koffi: Koffi): Libc {
  // `null` is the running program: it has its C library with it, whichever that is.
  const library = koffi.load(null)
  const ioctl = library.func("int ioctl(int fd, unsigned long request, void *argument)")
  const read = library.func("long read(int fd, void *into, size_t bytes)")
  const write = library.func("long write(int fd, const void *bytes, size_t count)")
  const close = library.func("int close(int fd)")
  const poll = library.func("int poll(void *fds, unsigned long count, int timeout)")
  const eventfd = library.func("int eventfd(unsigned int start, int flags)")
  const socket = library.func("int socket(int family, int type, int protocol)")
  const setsockopt = library.func("int setsockopt(int fd, int level, int option, const void *value, unsigned int bytes)")
  const bind = library.func("int bind(int fd, const void *address, unsigned int bytes)")
  // Some numbers have two names (EAGAIN, EWOULDBLOCK): the first in the alphabet is the one to compare with.
  const names = new Map(Object.entries(koffi.os.errno).sort().reverse().map(([name, number]) => [number, name]))
  return {
    ioctl: (fd, request, argument) => ioctl(fd, request, argument),
    read: (fd, into) => read(fd, into, into.length),
    write: (fd, bytes) => write(fd, bytes, bytes.length),
    close: (fd) => close(fd),
    readable: (fds, atMostMs) =>
      new Promise((resolve, reject) => {
        const list = Buffer.alloc(fds.length * pollFdBytes)
        fds.forEach((fd, index) => {
          list.writeInt32LE(fd, index * pollFdBytes)
          list.writeInt16LE(pollIn, index * pollFdBytes + 4)
        })
        poll.async(list, fds.length, atMostMs, (error: Error | null, ready: number) => {
          if (error) reject(error)
          else resolve(ready !== 0 && list.length > 0)
        })
      }),
    eventFd: () => eventfd(0, nonBlocking | closeOnExec),
    udpSocket: () => socket(ipv4Family, datagramType | nonBlocking | closeOnExec, 0),
    setOption: (fd, level, option, value) => setsockopt(fd, level, option, value, value.length),
    bind: (fd, address) => bind(fd, address, address.length),
    lastError: () => names.get(koffi.errno()) ?? `error ${koffi.errno()}`,
  }
}
