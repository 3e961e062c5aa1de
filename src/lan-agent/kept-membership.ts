import type { IdentityStore } from "./agent-doors"
import type { Credentials } from "./control-plane"
import type { Identity, Membership } from "./identity-file"

/** [LANA-10] Whom the party takes this PC for, the same in memory and on disk. */
export class KeptMembership {
  #identity: Identity | null = null
  #credentials: Credentials | null = null
  /** One writing after the other: a token must not be overwritten by the one before it. */
  #writing: Promise<void> = Promise.resolve()

  constructor(
    readonly store: IdentityStore,
    readonly notKept: (error: unknown) => void,
  ) {}

  /** Null before this PC is in, and once its membership is forgotten. */
  get identity(): Identity | null {
    return this.#identity
  }

  get credentials(): Credentials | null {
    return this.#credentials
  }

  /** Whom the party is asked as from now on; nothing is kept by that. */
  become(credentials: Credentials | null): void {
    this.#credentials = credentials
  }

  /** What is on the disk already. */
  adopt(identity: Identity): void {
    this.#identity = identity
    this.#credentials = identity.membership
  }

  async keep(change: Partial<Membership>): Promise<void> {
    if (!this.#identity) return
    const identity = { ...this.#identity, membership: { ...this.#identity.membership, ...change } }
    this.adopt(identity)
    this.#writing = this.#writing.then(() => this.store.write(identity)).catch((error: unknown) => this.notKept(error))
    await this.#writing
  }

  /** Whatever is learned after this is not kept. */
  async forget(): Promise<void> {
    this.#identity = null
    await this.#writing
    await this.store.remove()
  }

  /** When everything begun so far is on the disk. */
  async settled(): Promise<void> {
    await this.#writing
  }
}
