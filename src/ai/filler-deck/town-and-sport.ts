import type { FillerSet } from "./filler-set"

export const townAndSport: readonly FillerSet[] = [
  {
    prompt: "My phone is full of…",
    original: "BLURRY PORTRAITS",
    copies: ["FUZZY SNAPS I TOOK", "UNCLEAR PICTURES OF FACES"],
    isFamily: true,
  },
  {
    prompt: "The robot quit its job to become…",
    original: "A BALLET DANCER",
    copies: ["ONE GRACEFUL STAGE ARTIST", "SOMEONE WEARING A TUTU"],
    isFamily: true,
  },
  {
    prompt: "My secret password is…",
    original: "SOME FELINE WORD",
    copies: ["THE NAME OF MY CAT", "WHAT WE CALL OUR PET"],
    isFamily: true,
  },
  {
    prompt: "The goalkeeper missed the ball because of…",
    original: "SOMETHING TICKLING HIS FACE",
    copies: ["A TINGLING NOSTRIL", "AN ITCHY NOSE"],
    isFamily: true,
  },
  {
    prompt: "Suddenly the referee was hit by…",
    original: "LUNCH THROUGH THE AIR",
    copies: ["ONE AIRBORNE SNACK", "A FLYING SANDWICH"],
    isFamily: true,
  },
  {
    prompt: "The marathon winner took a short cut through…",
    original: "A SUPERMARKET AISLE",
    copies: ["A GROCERY STORE", "ROWS OF FOOD SHELVES"],
    isFamily: true,
  },
  {
    prompt: "The mayor has promised everyone…",
    original: "COLD SWEETS WITHOUT PAYING",
    copies: ["FREE ICE CREAM", "COMPLIMENTARY FROZEN DESSERT"],
    isFamily: true,
  },
  {
    prompt: "The statue in the park was replaced by…",
    original: "A GIANT POTATO",
    copies: ["A HUGE STARCHY VEGETABLE", "ONE ENORMOUS SPUD"],
    isFamily: true,
  },
  {
    prompt: "The shop on the corner now rents out…",
    original: "GOWNS FOR BRIDES",
    copies: ["WHITE MARRIAGE CLOTHES", "WEDDING DRESSES"],
    isFamily: true,
  },
  {
    prompt: "In the lift they now play…",
    original: "MARINE MAMMAL SONGS",
    copies: ["WHALE NOISES", "SOUNDS OF GIANT FISH"],
    isFamily: true,
  },
  {
    prompt: "Tomorrow's weather will be mostly…",
    original: "AMPHIBIANS DROPPING DOWN",
    copies: ["TOADS LIKE HEAVY RAIN", "FALLING FROGS"],
    isFamily: true,
  },
  {
    prompt: "The traffic jam was caused by…",
    original: "SOME BIRDS WITH CHICKS",
    copies: ["A FAMILY OF DUCKS", "WADDLING PARENTS AND BABIES"],
    isFamily: true,
  },
  {
    prompt: "The museum's newest painting shows…",
    original: "A SLICE OF PIZZA",
    copies: ["A TOMATO COVERED TRIANGLE", "A CHEESY WEDGE"],
    isFamily: true,
  },
  {
    prompt: "I deleted the app that reminded me to…",
    original: "STAY PROPERLY HYDRATED",
    copies: ["SIP ENOUGH LIQUID", "DRINK MORE WATER"],
    isFamily: true,
  },
  {
    prompt: "The newspaper made a mistake and printed…",
    original: "STUFF FOR THE SUPERMARKET",
    copies: ["THE GROCERIES I NEED", "MY SHOPPING LIST"],
    isFamily: true,
  },
  {
    prompt: "The city bus now also stops at…",
    original: "A SUGAR PRODUCTION PLANT",
    copies: ["THE CANDY FACTORY", "WHERE SWEETS ARE MADE"],
    isFamily: true,
  },
  {
    prompt: "The chess champion distracts rivals by…",
    original: "BUZZING LIKE A BEE",
    copies: ["HUMMING QUIETLY", "MURMURING SOFT TUNES"],
    isFamily: true,
  },
  {
    prompt: "The video call froze while I was…",
    original: "CLEANING OUT BREATHING HOLES",
    copies: ["PICKING MY NOSE", "DIGGING INSIDE A NOSTRIL"],
    isFamily: true,
  },
  {
    prompt: "The gym has replaced the weights with…",
    original: "SACKS OF BAKING POWDER",
    copies: ["HEAVY PACKETS FOR CAKES", "BAGS OF FLOUR"],
    isFamily: true,
  },
  {
    prompt: "Our team's secret tactic is…",
    original: "CONFUSING THE REFEREE",
    copies: ["MUDDLING UP THE UMPIRE", "PUZZLING WHOEVER BLOWS WHISTLES"],
    isFamily: true,
  },
]
