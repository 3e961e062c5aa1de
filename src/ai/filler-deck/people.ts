import type { FillerSet } from "./filler-set"

export const people: readonly FillerSet[] = [
  {
    prompt: "My blind date brought along…",
    original: "A VERY PROTECTIVE PARENT",
    copies: ["HIS OWN MOTHER", "THE WOMAN WHO RAISED HIM"],
    isFamily: false,
  },
  {
    prompt: "The love letter was signed by…",
    original: "AN UNKNOWN ROMANTIC FAN",
    copies: ["A SECRET ADMIRER", "SOMEONE HIDING THEIR CRUSH"],
    isFamily: true,
  },
  {
    prompt: "After we broke up, my ex kept…",
    original: "ALL MY HOODIES",
    copies: ["EVERY WARM SWEATER", "THE CLOTHES I LIKED BEST"],
    isFamily: false,
  },
  {
    prompt: "You know the date is going badly when they start…",
    original: "RINGING UP SOME DRIVER",
    copies: ["CALLING A CAB", "PHONING FOR A TAXI"],
    isFamily: false,
  },
  {
    prompt: "The secret of my grandparents' long marriage is…",
    original: "NOT LISTENING ALWAYS",
    copies: ["SELECTIVE HEARING", "IGNORING SOME WORDS"],
    isFamily: true,
  },
  {
    prompt: "My brother cannot pass a mirror without…",
    original: "SHOWING OFF BICEPS",
    copies: ["TENSING BOTH ARMS", "FLEXING HIS MUSCLES"],
    isFamily: true,
  },
  {
    prompt: "My sister's first words were…",
    original: "ANOTHER SLICE THANK YOU",
    copies: ["MORE CAKE PLEASE", "I WANT EXTRA DESSERT"],
    isFamily: true,
  },
  {
    prompt: "At dinner my uncle tells everybody about…",
    original: "HIS KNEE OPERATION",
    copies: ["WHEN DOCTORS FIXED THE JOINT", "SURGERY ON A LEG"],
    isFamily: true,
  },
  {
    prompt: "My best friend still owes me…",
    original: "TWENTY DOLLARS",
    copies: ["A LITTLE MONEY", "SOME BORROWED CASH"],
    isFamily: true,
  },
  {
    prompt: "The baby cries mainly because of…",
    original: "UGLY WALLPAPER",
    copies: ["TASTELESS BEDROOM DESIGN", "HORRIBLE NURSERY DECORATION"],
    isFamily: true,
  },
  {
    prompt: "The twins can never agree on…",
    original: "WHO IS OLDER",
    copies: ["WHOSE BIRTH HAPPENED EARLIER", "WHICH ONE CAME FIRST"],
    isFamily: true,
  },
  {
    prompt: "In our family, whoever snores must…",
    original: "REST BESIDE THE CAR",
    copies: ["SLEEP IN THE GARAGE", "SPEND NIGHTS WITH OUR VEHICLE"],
    isFamily: true,
  },
  {
    prompt: "The dentist whispered that she had never seen…",
    original: "A MOSSY SMILE",
    copies: ["SUCH GREEN TEETH", "SO MUCH MOULD UP THERE"],
    isFamily: true,
  },
  {
    prompt: "My fitness coach is secretly addicted to…",
    original: "RICH SUGARY BAKERY TREATS",
    copies: ["CREAM CAKES", "FROSTED PASTRIES"],
    isFamily: true,
  },
  {
    prompt: "The barber gave me…",
    original: "A CROOKED HAIRCUT",
    copies: ["BANGS THAT LEAN SIDEWAYS", "A LOPSIDED FRINGE"],
    isFamily: true,
  },
]
