import { randomInt } from "node:crypto"
import type { Random } from "./random"

/** Chance nobody can predict: PINs, codes, keys. */
export const secureRandom: Random = { int: (min, max) => randomInt(min, max + 1) }
