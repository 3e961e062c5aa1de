import type { FillerSet } from "./filler-set"

export const home: readonly FillerSet[] = [
  {
    prompt: "Behind the sofa we discovered…",
    original: "ONE MOULDY SNACK",
    copies: ["A FORGOTTEN SANDWICH", "AN ABANDONED LUNCH"],
    isFamily: true,
  },
  {
    prompt: "The neighbours complained about…",
    original: "NOISY BRASS REHEARSALS",
    copies: ["LOUD TRUMPET PRACTICE", "BLARING HORN LESSONS"],
    isFamily: true,
  },
  {
    prompt: "My bathroom mirror always shows me…",
    original: "A TIRED OLD WIZARD",
    copies: ["AN AGED SORCERER NEEDING NAPS", "A SLEEPY ANCIENT MAGICIAN"],
    isFamily: true,
  },
  {
    prompt: "The burglar took nothing from our flat but…",
    original: "SOME BATHROOM CLEANING STICK",
    copies: ["THE TOILET BRUSH", "A LAVATORY SCRUBBER"],
    isFamily: true,
  },
  {
    prompt: "Under my bed lives…",
    original: "A NICE BEAST BREATHING FIRE",
    copies: ["A FRIENDLY DRAGON", "ONE KIND FLYING LIZARD"],
    isFamily: true,
  },
  {
    prompt: "The washing machine ate…",
    original: "MY FAVOURITE SOCKS",
    copies: ["THE STOCKINGS I LOVE MOST", "BELOVED FOOT WARMERS"],
    isFamily: true,
  },
  {
    prompt: "When guests arrive early, I hide…",
    original: "EVERY UNWASHED PLATE",
    copies: ["ALL THOSE FILTHY BOWLS", "THE DIRTY DISHES"],
    isFamily: true,
  },
  {
    prompt: "In the attic there is still…",
    original: "A POSSESSED PLASTIC BABY",
    copies: ["ONE CURSED TOY GIRL", "A HAUNTED DOLL"],
    isFamily: true,
  },
  {
    prompt: "Dad finally fixed the leaking roof with…",
    original: "SOMETHING HE SPAT OUT",
    copies: ["A STICKY MINT CANDY", "CHEWING GUM"],
    isFamily: true,
  },
  {
    prompt: "The smart speaker will not stop…",
    original: "CHUCKLING AFTER BEDTIME",
    copies: ["LAUGHING AT NIGHT", "GIGGLING IN THE DARK"],
    isFamily: true,
  },
  {
    prompt: "Our garden gnome secretly…",
    original: "TAKES AUTOMOBILES",
    copies: ["ROBS PARKED VEHICLES", "STEALS CARS"],
    isFamily: true,
  },
  {
    prompt: "A perfect Sunday means…",
    original: "NOT LEAVING MY NIGHTCLOTHES",
    copies: ["WEARING BEDTIME OUTFITS ALL DAY", "STAYING IN PYJAMAS"],
    isFamily: true,
  },
  {
    prompt: "The house is quiet because the children are…",
    original: "DECORATING OUR HOUND",
    copies: ["COLOURING IN THE PUPPY", "PAINTING THE DOG"],
    isFamily: true,
  },
  {
    prompt: "Our new front door opens only if you…",
    original: "SING AN OPERA",
    copies: ["WARBLE LIKE A SOPRANO", "PERFORM A DRAMATIC TUNE"],
    isFamily: true,
  },
  {
    prompt: "The best place to hide a present is…",
    original: "BEHIND THE COOKER DOOR",
    copies: ["INSIDE THE OVEN", "WHERE YOU BAKE CAKES"],
    isFamily: true,
  },
]
