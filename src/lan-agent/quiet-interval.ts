const stepsMs = [2_000, 5_000, 10_000, 15_000, 20_000, 25_000] as const
/** So many probes in a row have to be answered before the next pause is longer. */
const answersToLengthen = 3
/** A pause that proved too long is not tried again for so long, ms. */
const rememberMs = 10 * 60 * 1000

/**
 * [LANU-73] How long a path may go unprobed while nobody uses it: as long as the routers on it keep their doors open, 25 s at
 * most. Begins with 5 s, lengthens after three answers, shortens at once after a silence.
 */
export class QuietInterval {
  #step = 1
  #answers = 0
  #tooLong: { step: number; atMs: number } | null = null

  get ms(): number {
    return stepsMs[this.#step]!
  }

  /** The probe after a pause was answered. */
  answered(nowMs: number) {
    this.#answers += 1
    if (this.#answers < answersToLengthen || !this.#mayTry(this.#step + 1, nowMs)) return
    this.#answers = 0
    this.#step += 1
  }

  /** It was not. */
  unanswered(nowMs: number) {
    this.#tooLong = { step: this.#step, atMs: nowMs }
    this.#answers = 0
    this.#step = Math.max(0, this.#step - 1)
  }

  #mayTry(step: number, nowMs: number): boolean {
    if (step >= stepsMs.length) return false
    return this.#tooLong === null || step < this.#tooLong.step || nowMs - this.#tooLong.atMs >= rememberMs
  }
}
