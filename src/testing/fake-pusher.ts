import type { Options } from "pusher-js"
import type { PusherLibrary } from "@/realtime/party-socket"

type ChannelListener = (event: string, data: unknown) => void

/** A stand-in for pusher-js whose connection does what the test says. One library per test. */
export function fakePusher() {
  const opened: FakePusher[] = []

  class FakePusher {
    static instances: unknown[] = []
    readonly state = { current: "initialized" }
    readonly channels = new Map<string, { subscriptions: number; listeners: ChannelListener[]; memberIds: string[] }>()
    isDisconnected = false
    signIns = 0
    private stateListeners: ((change: { current: string }) => void)[] = []

    constructor(
      readonly key: string,
      readonly options: Options,
    ) {
      opened.push(this)
      FakePusher.instances.push(this)
      this.state.current = "connecting"
    }

    readonly connection = {
      currentState: () => this.state.current,
      get state(): string {
        return this.currentState()
      },
      bind: (_event: "state_change", listener: (change: { current: string }) => void) => this.stateListeners.push(listener),
    }

    subscribe(name: string) {
      const known = this.channels.get(name) ?? { subscriptions: 0, listeners: [], memberIds: [] }
      known.subscriptions += 1
      this.channels.set(name, known)
      return {
        bind_global: (listener: ChannelListener) => known.listeners.push(listener),
        members: { each: (tell: (member: { id: string }) => void) => known.memberIds.forEach((id) => tell({ id })) },
      }
    }

    signin() {
      this.signIns += 1
    }

    disconnect() {
      this.isDisconnected = true
      this.become("disconnected")
    }

    // --- what the test makes happen ---

    become(current: string) {
      this.state.current = current
      for (const listener of this.stateListeners) listener({ current })
    }
    /** Connected, and every channel open. */
    open() {
      this.become("connected")
      for (const name of this.channels.keys()) this.say(name, "pusher:subscription_succeeded", {})
    }
    say(channel: string, event: string, data: unknown) {
      for (const listener of this.channels.get(channel)?.listeners ?? []) listener(event, data)
    }
  }

  const library: PusherLibrary = FakePusher
  const last = (): FakePusher => {
    const newest = opened.at(-1)
    if (!newest) throw new Error("nothing was opened")
    return newest
  }
  return { library, opened, last }
}
