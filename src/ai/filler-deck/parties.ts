import type { FillerSet } from "./filler-set"

export const parties: readonly FillerSet[] = [
  {
    prompt: "The birthday clown turned out to be…",
    original: "THE MAN WHO COUNTS MONEY",
    copies: ["A BOOKKEEPER I HIRED", "MY ACCOUNTANT"],
    isFamily: true,
  },
  {
    prompt: "Instead of a bouquet, the bride threw…",
    original: "A SPIKY DESERT PLANT",
    copies: ["A HEAVY CACTUS", "A PRICKLY GREEN LUMP"],
    isFamily: true,
  },
  {
    prompt: "Santa is stuck in our chimney because of…",
    original: "EATING EVERY BAKED TREAT",
    copies: ["ENDLESS BISCUITS", "TOO MANY COOKIES"],
    isFamily: true,
  },
  {
    prompt: "At midnight on New Year's Eve we…",
    original: "STARTED A LOUD WARNING BELL",
    copies: ["MADE ALL THE SIRENS HOWL", "SET OFF THE ALARM"],
    isFamily: true,
  },
  {
    prompt: "The dance floor emptied when Grandpa…",
    original: "ATTEMPTED EXTREME GYMNASTICS",
    copies: ["DID THE SPLITS", "STRETCHED BOTH LEGS WIDE"],
    isFamily: true,
  },
  {
    prompt: "The best man's speech was mostly about…",
    original: "LADIES HE ONCE DATED",
    copies: ["HIS FORMER GIRLFRIENDS", "OLD ROMANTIC MISTAKES"],
    isFamily: false,
  },
  {
    prompt: "I woke up after the party with…",
    original: "AN ODD PERMANENT DRAWING",
    copies: ["WEIRD INK ON MY SKIN", "A STRANGE TATTOO"],
    isFamily: false,
  },
  {
    prompt: "The surprise party failed because…",
    original: "NOBODY HID PROPERLY",
    copies: ["ALL THE GUESTS WERE VISIBLE", "EVERYONE STOOD IN PLAIN SIGHT"],
    isFamily: true,
  },
  {
    prompt: "My costume won because it…",
    original: "SHONE ALL NIGHT",
    copies: ["LIT UP AFTER SUNSET", "GLOWED IN THE DARK"],
    isFamily: true,
  },
  {
    prompt: "The worst gift I ever unwrapped was…",
    original: "OLD BRISTLES FOR TEETH",
    copies: ["ONE SECOND HAND DENTAL TOOL", "A USED TOOTHBRUSH"],
    isFamily: true,
  },
  {
    prompt: "The birthday balloons were filled with…",
    original: "LEFTOVER PASTA",
    copies: ["CHILLED LONG NOODLES", "COLD SPAGHETTI"],
    isFamily: true,
  },
  {
    prompt: "Karaoke night ended when someone…",
    original: "DESTROYED OUR ONLY MIC",
    copies: ["BROKE THE MICROPHONE", "SMASHED WHAT WE SING INTO"],
    isFamily: true,
  },
  {
    prompt: "For a final trick, the magician vanished with…",
    original: "WHAT STARTS THE ENGINE",
    copies: ["THE THING UNLOCKING OUR VEHICLE", "MY CAR KEYS"],
    isFamily: true,
  },
  {
    prompt: "The fruit punch tastes funny because somebody added…",
    original: "WASHING UP LIQUID",
    copies: ["DISH DETERGENT", "SOAP FOR DIRTY PLATES"],
    isFamily: true,
  },
  {
    prompt: "Grandma won every party game by…",
    original: "BREAKING ALL THE RULES",
    copies: ["CHEATING SHAMELESSLY", "IGNORING FAIR PLAY"],
    isFamily: true,
  },
  {
    prompt: "The bartender laughed out loud at…",
    original: "THAT SAILOR OUTFIT",
    copies: ["MY PIRATE COSTUME", "AN EYE PATCH AND CUTLASS"],
    isFamily: false,
  },
  {
    prompt: "The only cure for my hangover is…",
    original: "GREASY FRIED CHICKEN",
    copies: ["FATTY BIRD IN BATTER", "OILY CRISPY POULTRY"],
    isFamily: false,
  },
  {
    prompt: "The bachelor party ended in…",
    original: "A LOCKED JAIL ROOM",
    copies: ["A POLICE CELL", "A NIGHT BEHIND BARS"],
    isFamily: false,
  },
]
