import { describe, expect, it } from "vitest"
import { sharedWord } from "./shared-word"

describe("words shared with another text", () => {
  it.each([
    ["A LIBRARY CARD", "THE OLD LIBRARY", "LIBRARY"],
    ["A LIBRARY CARD", "Two libraries, side by side", "LIBRARY"],
    ["QUIET LIBRARIES", "A LIBRARY", "LIBRARIES"],
    ["RUNNING LATE", "A LONG RUN", "RUNNING"],
    ["A LONG RUN", "RUNNING LATE", "RUN"],
    ["DOGS ASLEEP", "A LAZY DOG", "DOGS"],
    ["THE BAKER'S WIFE", "Name a baker", "BAKER'S"],
    ["THE BAKERS' DANCE", "a BAKER’S dozen", "BAKERS'"],
    ["A FINE CAFE", "Your favourite café?", "CAFE"],
    ["SELF MADE LUCK", "a self-made man", "SELF"],
    ["BRIGHT COLORS", "A COLOUR", "COLORS"],
    ["BY NIGHT TRAIN", "RED LIGHT", "NIGHT"],
    ["A LIBRARY CARD", "A ｌｉｂｒａｒｙ in Tokyo", "LIBRARY"],
    ["MANY DOHS", "Say d’oh!", "DOHS"],
    ["GOOD ROBOT", "What would a 'robot' say in 2050?", "ROBOT"],
  ])("[QF-P6] %j with %j shares %s", (phrase, text, word) => {
    expect(sharedWord(phrase, text)).toBe(word)
  })

  it.each([
    ["A CAT NAP", "THE CAT SLEEPS", "three letters are too few"],
    ["THE CAT'S BED", "A CAT NAP", "somebody's S makes no fourth letter"],
    ["SOMETHING ABOUT ELEPHANTS", "Something that goes about", "common words may be shared"],
    ["THEY'RE ALWAYS ASLEEP", "they’re always hungry", "common words with an apostrophe too"],
    ["PURPLE RAIN", "GREEN APPLE", "nothing in common"],
    ["FULL MOON", "VERY SOON", "0.75 is not near"],
    ["WARM BREAD", "", "nothing to share"],
    ["WARM BREAD", "1984!?", "no words to share"],
  ])("[QF-P6] %j with %j shares nothing: %s", (phrase, text) => {
    expect(sharedWord(phrase, text)).toBeNull()
  })
})
