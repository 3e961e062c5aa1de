import { WebSocket } from "ws"
import { channelText, sign, userText } from "./signature"
import { app } from "./test-app"

export type TestFrame = { event: string; channel?: string; data?: unknown; user_id?: unknown }
type Waiter = { matches: (frame: TestFrame) => boolean; resolve: (frame: TestFrame) => void }

/** A client that speaks frames, knows nothing of the protocol's rules, and keeps all it hears in order. */
export class TestClient {
  readonly socket: WebSocket
  readonly closed: Promise<{ code: number; reason: string }>
  socketId = ""
  /** Heard and not yet taken. */
  readonly heard: TestFrame[] = []
  private waiters: Waiter[] = []

  constructor(url: string) {
    this.socket = new WebSocket(url)
    this.socket.on("message", (data) => this.hear(JSON.parse(String(data))))
    this.socket.on("error", () => undefined)
    this.closed = new Promise((resolve) => {
      this.socket.on("close", (code, reason) => resolve({ code, reason: String(reason) }))
    })
  }

  async connected(): Promise<void> {
    const { data } = await this.next("pusher:connection_established")
    this.socketId = (JSON.parse(String(data)) as { socket_id: string }).socket_id
  }

  raw(text: string | Buffer): void {
    this.socket.send(text)
  }

  say(frame: Record<string, unknown>): void {
    this.raw(JSON.stringify(frame))
  }

  /** The first frame of this event heard or still to come, taken out of `heard`. */
  next(event: string): Promise<TestFrame> {
    const matches = (frame: TestFrame) => frame.event === event
    const index = this.heard.findIndex(matches)
    const [found] = index < 0 ? [] : this.heard.splice(index, 1)
    if (found) return Promise.resolve(found)
    return new Promise((resolve) => this.waiters.push({ matches, resolve }))
  }

  /** Everything the server had sent by the time it answered a ping: the way to see that something did not come. */
  async drain(): Promise<TestFrame[]> {
    this.say({ event: "pusher:ping", data: {} })
    await this.next("pusher:pong")
    return this.heard.splice(0)
  }

  /** Sends one frame and gives all answers to it. */
  async ask(frame: Record<string, unknown>): Promise<TestFrame[]> {
    this.say(frame)
    return this.drain()
  }

  async subscribe(channel: string, data: Record<string, unknown> = {}): Promise<TestFrame[]> {
    return this.ask({ event: "pusher:subscribe", data: { channel, auth: this.authFor(channel), ...data } })
  }

  async joinPresence(channel: string, member: object): Promise<TestFrame[]> {
    const channel_data = JSON.stringify(member)
    return this.subscribe(channel, { channel_data, auth: this.authFor(channel, channel_data) })
  }

  async signIn(user: object): Promise<TestFrame[]> {
    const user_data = JSON.stringify(user)
    const auth = `${app.key}:${sign(app.secret, userText(this.socketId, user_data))}`
    return this.ask({ event: "pusher:signin", data: { auth, user_data } })
  }

  authFor(channel: string, channelData: string | null = null): string {
    const isOpen = !channel.startsWith("private-") && !channel.startsWith("presence-")
    return isOpen ? "" : `${app.key}:${sign(app.secret, channelText(this.socketId, channel, channelData))}`
  }

  terminate(): void {
    this.socket.terminate()
  }

  private hear(frame: TestFrame): void {
    const waiter = this.waiters.find(({ matches }) => matches(frame))
    if (!waiter) return void this.heard.push(frame)
    this.waiters = this.waiters.filter((other) => other !== waiter)
    waiter.resolve(frame)
  }
}

/** The data of a frame whose data is JSON text. */
export function dataOf(frame: TestFrame | undefined): unknown {
  return JSON.parse(String(frame?.data))
}
