import type { FillerSet } from "./filler-set"

export const travel: readonly FillerSet[] = [
  {
    prompt: "The hotel room came with…",
    original: "BRICKS OUTSIDE THE WINDOW",
    copies: ["A VIEW OF A WALL", "SCENERY MADE OF CONCRETE"],
    isFamily: true,
  },
  {
    prompt: "Customs stopped me because of…",
    original: "LUGGAGE FULL OF CHEDDAR",
    copies: ["BAGS STUFFED WITH BRIE", "A SUITCASE OF CHEESE"],
    isFamily: true,
  },
  {
    prompt: "The pilot's announcement was just…",
    original: "NERVOUS LAUGHTER",
    copies: ["ANXIOUS GIGGLING", "WORRIED CHUCKLES"],
    isFamily: true,
  },
  {
    prompt: "The tour guide got us lost in…",
    original: "AN ENORMOUS MALL",
    copies: ["A SHOPPING CENTRE", "ONE HUGE RETAIL BUILDING"],
    isFamily: true,
  },
  {
    prompt: "I never travel without…",
    original: "A STUFFED CUDDLY FRIEND",
    copies: ["A PLUSH TOY ANIMAL", "MY TEDDY BEAR"],
    isFamily: true,
  },
  {
    prompt: "The beach was lovely apart from…",
    original: "THOSE MAD FLYING THIEVES",
    copies: ["FURIOUS WHITE BIRDS", "ANGRY SEAGULLS"],
    isFamily: true,
  },
  {
    prompt: "On the long drive the kids sang…",
    original: "ONE TUNE FOREVER",
    copies: ["IDENTICAL MELODIES FOR HOURS", "THE SAME CHORUS ALL DAY"],
    isFamily: true,
  },
  {
    prompt: "The taxi driver kept talking about…",
    original: "HIS SEVEN CATS",
    copies: ["A HOUSE FULL OF KITTIES", "MANY FELINE COMPANIONS"],
    isFamily: true,
  },
  {
    prompt: "Our tent was destroyed by…",
    original: "A HUNGRY BEAR",
    copies: ["ONE STARVING GRIZZLY", "A LARGE BEAST WANTING LUNCH"],
    isFamily: true,
  },
  {
    prompt: "The souvenir I regret most is…",
    original: "AN ENORMOUS SUN HAT",
    copies: ["SOME OVERSIZED STRAW HEADGEAR", "A GIANT SOMBRERO"],
    isFamily: true,
  },
  {
    prompt: "The train is delayed due to…",
    original: "CATTLE NAPPING ON THE TRACKS",
    copies: ["A SLEEPING COW", "A SNOOZING FARM ANIMAL"],
    isFamily: true,
  },
  {
    prompt: "The captain steers the cruise ship with…",
    original: "THE SOLES DOWN BELOW",
    copies: ["HIS BARE FEET", "TEN WIGGLING TOES"],
    isFamily: true,
  },
  {
    prompt: "The desert island had everything but…",
    original: "BATHROOM ROLLS",
    copies: ["SOMETHING SOFT TO WIPE WITH", "TOILET PAPER"],
    isFamily: true,
  },
  {
    prompt: "Airport security took away my…",
    original: "FOAMY HEAD WASH",
    copies: ["LIQUID HAIR SOAP", "SHAMPOO BOTTLE"],
    isFamily: true,
  },
  {
    prompt: "The map led us straight into…",
    original: "A SLIMY BOG",
    copies: ["A WET DIRTY MARSH", "A MUDDY SWAMP"],
    isFamily: true,
  },
]
