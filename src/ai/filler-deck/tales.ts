import type { FillerSet } from "./filler-set"

export const tales: readonly FillerSet[] = [
  {
    prompt: "The vampire moved out because of…",
    original: "GARLIC BREAD",
    copies: ["A SMELLY SIDE DISH", "TOAST WITH STINKY CLOVES"],
    isFamily: true,
  },
  {
    prompt: "The treasure chest contained nothing but…",
    original: "PENALTIES ABOUT STATIONARY CARS",
    copies: ["OLD PARKING TICKETS", "FINES FOR BAD DRIVERS"],
    isFamily: true,
  },
  {
    prompt: "The superhero's only weakness is…",
    original: "TICKLISH FEET",
    copies: ["SOLES THAT MAKE HIM GIGGLE", "SENSITIVE TOES"],
    isFamily: true,
  },
  {
    prompt: "The aliens landed, looked around and…",
    original: "LEFT AT ONCE",
    copies: ["WENT BACK TO SPACE", "FLEW STRAIGHT HOME"],
    isFamily: true,
  },
  {
    prompt: "The princess locked herself in the tower to escape…",
    original: "THAT DULL DANCE",
    copies: ["A BORING BALL", "SOME TEDIOUS COURT PARTY"],
    isFamily: true,
  },
  {
    prompt: "The dragon in the cave guards…",
    original: "A MOUNTAIN OF SHOES",
    copies: ["COUNTLESS PAIRS OF SANDALS", "HEAPS OF BOOTS"],
    isFamily: true,
  },
  {
    prompt: "The genie was lazy and granted only…",
    original: "AN INCOMPLETE DESIRE",
    copies: ["FIFTY PERCENT OF DREAMS", "HALF A WISH"],
    isFamily: true,
  },
  {
    prompt: "Time travellers always forget…",
    original: "THEIR RETURN TICKET",
    copies: ["BOOKING A WAY HOME", "THE JOURNEY BACKWARDS"],
    isFamily: true,
  },
  {
    prompt: "Napoleon was secretly scared of…",
    original: "STALLIONS WITH LONG LEGS",
    copies: ["VERY HIGH PONIES", "TALL HORSES"],
    isFamily: true,
  },
  {
    prompt: "The mummy rose from its tomb to ask for…",
    original: "SOMETHING TO DRINK",
    copies: ["ONE CUP OF ANY LIQUID", "A GLASS OF WATER"],
    isFamily: true,
  },
  {
    prompt: "On the island the pirate buried his…",
    original: "FALSE FOOT MADE OF OAK",
    copies: ["WOODEN LEG", "TIMBER LIMB"],
    isFamily: true,
  },
  {
    prompt: "The ghost in the castle only appears to…",
    original: "CHECK THE INTERNET",
    copies: ["LOOK AT SOME WEBSITES", "SURF ONLINE"],
    isFamily: true,
  },
  {
    prompt: "The first man on the moon almost said…",
    original: "I NEED A BATHROOM",
    copies: ["SHOW ME SOME RESTROOMS", "WHERE IS THE TOILET"],
    isFamily: true,
  },
  {
    prompt: "The knight lost the duel because of…",
    original: "IRON CLOTHES THAT SQUEAK",
    copies: ["AN OLD METAL SUIT", "RUSTY ARMOUR"],
    isFamily: true,
  },
  {
    prompt: "The witch swapped her broom for…",
    original: "AN AUTOMATIC CLEANER",
    copies: ["A SELF DRIVING HOOVER", "A ROBOT VACUUM"],
    isFamily: true,
  },
  {
    prompt: "The crystal ball shows nothing but…",
    original: "MARKETING ABOUT CHEDDAR",
    copies: ["ADVERTS FOR CHEESE", "DAIRY COMMERCIALS"],
    isFamily: true,
  },
  {
    prompt: "In a thousand years, everybody will own…",
    original: "A FLYING CAR",
    copies: ["AN AUTOMOBILE WITH WINGS", "A HOVERING VEHICLE"],
    isFamily: true,
  },
  {
    prompt: "Cinderella left the ball early because of…",
    original: "ACHING HEELS AND SOLES",
    copies: ["PAINFUL TOES", "SORE FEET"],
    isFamily: true,
  },
]
