import type { Refusal } from "@/kernel/result"
import type { LiveDoor } from "./agent-doors"
import type { ControlPlane, Realtime } from "./control-plane"
import type { RunEnd } from "./run-end"

type ListeningOrder = {
  readonly party: ControlPlane
  readonly runEnd: RunEnd
  readonly open: (realtime: Realtime) => LiveDoor
  readonly refused: (refusal: Refusal) => void
}

/** [LANA-41] Where this PC hears the network: after a kick it speaks elsewhere, by a higher epoch. */
export class Listening {
  #line: LiveDoor | null = null
  #epoch = 0
  #isAskingWhere = false
  /** Whether the line stands by which news is heard. */
  isUp = false

  constructor(readonly order: ListeningOrder) {}

  get epoch(): number {
    return this.#epoch
  }

  follow(epoch: number): void {
    if (this.#isAskingWhere || (epoch === this.#epoch && this.#line)) return
    this.#isAskingWhere = true
    void this.order.party.realtime().then((realtime) => {
      this.#isAskingWhere = false
      if (!realtime.ok) return this.order.refused(realtime.refusal)
      // Was it another one by then, the next heartbeat shows it.
      this.#epoch = epoch
      this.#listen(realtime.value)
    })
  }

  /** By another connection: the one there is may be dead without anybody having said so. */
  renew(): void {
    this.#line?.renew()
  }

  close(): void {
    this.#line?.close()
  }

  #listen(realtime: Realtime): void {
    if (this.order.runEnd.isReached) return
    if (this.#line) return this.#line.follow(realtime)
    this.#line = this.order.open(realtime)
  }
}
