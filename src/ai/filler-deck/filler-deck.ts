import { animals } from "./animals"
import type { FillerSet } from "./filler-set"
import { food } from "./food"
import { home } from "./home"
import { parties } from "./parties"
import { people } from "./people"
import { tales } from "./tales"
import { townAndSport } from "./town-and-sport"
import { travel } from "./travel"
import { workAndSchool } from "./work-and-school"

/** The ready sets that come with the game, in English: what is voted on where the players' own sets do not suffice. */
export const fillerDeck: readonly FillerSet[] = [
  ...food,
  ...home,
  ...animals,
  ...workAndSchool,
  ...travel,
  ...parties,
  ...people,
  ...tales,
  ...townAndSport,
]
