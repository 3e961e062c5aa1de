import type { WordPair } from "../word-pair"
import { animals } from "./animals"
import { atHome } from "./at-home"
import { celebrations } from "./celebrations"
import { clothes } from "./clothes"
import { drinks } from "./drinks"
import { filmsAndStories } from "./films-and-stories"
import { food } from "./food"
import { gamesAndToys } from "./games-and-toys"
import { jobs } from "./jobs"
import { music } from "./music"
import { nature } from "./nature"
import { onTheMove } from "./on-the-move"
import { peopleAndBody } from "./people-and-body"
import { places } from "./places"
import { schoolAndOffice } from "./school-and-office"
import { sports } from "./sports"
import { technology } from "./technology"
import { toolsAndThings } from "./tools-and-things"
import { travel } from "./travel"

export type WordCategory = {
  /** What a party stores of its choice: it never changes. */
  readonly category: string
  readonly title: string
  readonly pairs: readonly WordPair[]
}

/** The words that come with the game, in English: what is played without a key, without a network, or after a bad answer. */
export const wordDeck: readonly WordCategory[] = [
  { category: "food", title: "Food", pairs: food },
  { category: "drinks", title: "Drinks", pairs: drinks },
  { category: "animals", title: "Animals", pairs: animals },
  { category: "places", title: "Places", pairs: places },
  { category: "jobs", title: "Jobs", pairs: jobs },
  { category: "sports", title: "Sports", pairs: sports },
  { category: "at-home", title: "At home", pairs: atHome },
  { category: "clothes", title: "Clothes", pairs: clothes },
  { category: "on-the-move", title: "On the move", pairs: onTheMove },
  { category: "nature", title: "Nature", pairs: nature },
  { category: "music", title: "Music", pairs: music },
  { category: "technology", title: "Technology", pairs: technology },
  { category: "films-and-stories", title: "Films and stories", pairs: filmsAndStories },
  { category: "celebrations", title: "Celebrations", pairs: celebrations },
  { category: "games-and-toys", title: "Games and toys", pairs: gamesAndToys },
  { category: "travel", title: "Travel", pairs: travel },
  { category: "school-and-office", title: "School and office", pairs: schoolAndOffice },
  { category: "tools-and-things", title: "Tools and things", pairs: toolsAndThings },
  { category: "people-and-body", title: "People and body", pairs: peopleAndBody },
]
