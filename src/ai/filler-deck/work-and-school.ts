import type { FillerSet } from "./filler-set"

export const workAndSchool: readonly FillerSet[] = [
  {
    prompt: "The meeting could have been…",
    original: "A BRIEF MESSAGE",
    copies: ["A SHORT EMAIL", "A QUICK WRITTEN NOTE"],
    isFamily: true,
  },
  {
    prompt: "My boss gives a prize to whoever…",
    original: "STAYS AWAKE LONGEST",
    copies: ["NEVER TAKES NAPS", "SLEEPS THE LEAST"],
    isFamily: true,
  },
  {
    prompt: "I was late for school because of…",
    original: "SOME ANIMAL BLOCKING THE ROAD",
    copies: ["A STUBBORN DONKEY", "A MULE REFUSING TO WALK"],
    isFamily: true,
  },
  {
    prompt: "The teacher confiscated…",
    original: "A LIVE FROG",
    copies: ["A JUMPING GREEN CREATURE", "ONE CROAKING AMPHIBIAN"],
    isFamily: true,
  },
  {
    prompt: "My greatest talent in the office is…",
    original: "SEEMING EXTREMELY OCCUPIED",
    copies: ["LOOKING VERY BUSY", "PRETENDING TO WORK"],
    isFamily: true,
  },
  {
    prompt: "In a job interview, never mention…",
    original: "THOSE YEARS IN PRISON",
    copies: ["ANY TIME BEHIND BARS", "YOUR CRIMINAL RECORD"],
    isFamily: true,
  },
  {
    prompt: "The photocopier only prints…",
    original: "BABY CAT PHOTOS",
    copies: ["IMAGES OF YOUNG FELINES", "PICTURES OF KITTENS"],
    isFamily: true,
  },
  {
    prompt: "The headmaster's desk is full of…",
    original: "SUGAR THAT KIDS LOST",
    copies: ["CANDY TAKEN FROM PUPILS", "CONFISCATED SWEETS"],
    isFamily: true,
  },
  {
    prompt: "Our company will finally pay us in…",
    original: "CHOCOLATE COINS",
    copies: ["SWEET BROWN CURRENCY", "COCOA MONEY"],
    isFamily: true,
  },
  {
    prompt: "The maths exam had a question about…",
    original: "SEVERAL DOZEN MELONS",
    copies: ["A HUGE PILE OF FRUIT", "FORTY WATERMELONS"],
    isFamily: true,
  },
  {
    prompt: "During the fire drill, everyone ran to…",
    original: "WHERE ESPRESSO IS MADE",
    copies: ["THE COFFEE MACHINE", "OUR HOT DRINK DISPENSER"],
    isFamily: true,
  },
  {
    prompt: "The school play was ruined by…",
    original: "THE STAGE CLOTH COLLAPSING",
    copies: ["A FALLING CURTAIN", "DRAPES CRASHING DOWN"],
    isFamily: true,
  },
  {
    prompt: "On my first day I accidentally called the boss…",
    original: "BELOVED MUMMY",
    copies: ["MY DEAR MOTHER", "SWEET PARENT OF MINE"],
    isFamily: true,
  },
  {
    prompt: "The dog really did eat my homework and then…",
    original: "SCORED WELL IN CLASS",
    copies: ["PASSED THE TEST", "ACED THAT EXAM"],
    isFamily: true,
  },
  {
    prompt: "I wrote the whole essay in…",
    original: "SIX HUNDRED QUICK SECONDS",
    copies: ["TEN MINUTES FLAT", "LESS THAN A LUNCH BREAK"],
    isFamily: true,
  },
]
