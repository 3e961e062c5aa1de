import { expect, it } from "vitest"
import { promptKindOf } from "./prompt-kind"

it.each([
  ["The squirrel has been hoarding…", "thing"],
  ["The race was won by…", "thing"],
  ["I only go jogging when chased by…", "thing"],
  ["My navigation system always leads me to…", "thing"],
  ["My cat looks at me as if I were…", "thing"],
  ["The chess player distracted everyone by…", "doing"],
  ["The passenger next to me would not stop…", "doing"],
  ["My worst habit is…", "doing"],
  ["The video call froze while I was…", "doing"],
  ["The losing team has to…", "do"],
  ["I deleted the app that reminded me to…", "do"],
  ["Our new front door opens only if you…", "do"],
  ["Never trust a person who…", "does"],
  ["My costume won because it…", "does"],
  ["At midnight on New Year's Eve we…", "did"],
  ["The surprise party failed because…", "clause"],
  ["The message in the bottle said…", "saying"],
  ["Grandma's handbag is full of…", "things"],
  ["The town is famous for its annual…", "bareThing"],
  ["Airport security took away my ___", "bareThing"],
  ["", "thing"],
])("%j asks for: %s", (prompt, kind) => {
  expect(promptKindOf(prompt)).toBe(kind)
})
