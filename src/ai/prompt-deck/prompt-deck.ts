import { animals } from "./animals"
import { aroundTheHouse } from "./around-the-house"
import { bodyAndSleep } from "./body-and-sleep"
import type { DeckPrompt } from "./deck-prompt"
import { familyAndFriends } from "./family-and-friends"
import { foodAndKitchen } from "./food-and-kitchen"
import { gadgetsAndInternet } from "./gadgets-and-internet"
import { lifeAndWisdom } from "./life-and-wisdom"
import { loveAndDating } from "./love-and-dating"
import { magicAndMonsters } from "./magic-and-monsters"
import { partiesAndFeasts } from "./parties-and-feasts"
import { pastAndSpace } from "./past-and-space"
import { schoolAndLearning } from "./school-and-learning"
import { sportAndGames } from "./sport-and-games"
import { stageAndScreen } from "./stage-and-screen"
import { townAndShops } from "./town-and-shops"
import { travelAndHolidays } from "./travel-and-holidays"
import { workAndOffice } from "./work-and-office"

/** The prompts that come with the game, in English. */
export const promptDeck: readonly DeckPrompt[] = [
  ...foodAndKitchen,
  ...aroundTheHouse,
  ...familyAndFriends,
  ...workAndOffice,
  ...schoolAndLearning,
  ...animals,
  ...travelAndHolidays,
  ...partiesAndFeasts,
  ...gadgetsAndInternet,
  ...townAndShops,
  ...loveAndDating,
  ...bodyAndSleep,
  ...magicAndMonsters,
  ...pastAndSpace,
  ...sportAndGames,
  ...stageAndScreen,
  ...lifeAndWisdom,
]
