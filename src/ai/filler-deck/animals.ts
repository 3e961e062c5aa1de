import type { FillerSet } from "./filler-set"

export const animals: readonly FillerSet[] = [
  {
    prompt: "The parrot has learned to say…",
    original: "GIVE THE LANDLORD MONEY",
    copies: ["PAY YOUR RENT", "SETTLE THE FLAT BILL"],
    isFamily: true,
  },
  {
    prompt: "My cat looks at me as if I were…",
    original: "A USELESS SERVANT",
    copies: ["A HOPELESS WAITER", "ONE LAZY BUTLER"],
    isFamily: true,
  },
  {
    prompt: "The zoo is closed today because of…",
    original: "A MONKEY ON THE LOOSE",
    copies: ["AN ESCAPED GORILLA", "A RUNAWAY APE"],
    isFamily: true,
  },
  {
    prompt: "Dogs dream about…",
    original: "HUNTING WHOEVER BRINGS LETTERS",
    copies: ["CHASING THE POSTMAN", "RUNNING AFTER MAIL CARRIERS"],
    isFamily: true,
  },
  {
    prompt: "If a goldfish could speak, it would complain about…",
    original: "SUCH A SMALL GLASS HOME",
    copies: ["NOT ENOUGH SWIMMING SPACE", "THE TINY BOWL"],
    isFamily: true,
  },
  {
    prompt: "The elephant came to the party with…",
    original: "ONE FULL SUITCASE",
    copies: ["STUFFED LUGGAGE", "A PACKED TRUNK"],
    isFamily: true,
  },
  {
    prompt: "The penguin left the South Pole to find…",
    original: "A HOT SEASIDE RESORT",
    copies: ["A WARM BEACH", "SOME SUNNY SAND"],
    isFamily: true,
  },
  {
    prompt: "The hamster trains every night for…",
    original: "ONE PUNCHING DUEL",
    copies: ["A CONTEST WITH GLOVES", "A BOXING MATCH"],
    isFamily: true,
  },
  {
    prompt: "A snail wins the race thanks to…",
    original: "SPACESHIP PETROL",
    copies: ["ROCKET FUEL", "JET ENGINE JUICE"],
    isFamily: true,
  },
  {
    prompt: "The cows in our village started…",
    original: "A GROUP WITH TRUMPETS",
    copies: ["ONE SWINGING ORCHESTRA", "A JAZZ BAND"],
    isFamily: true,
  },
  {
    prompt: "Our guard dog is afraid of…",
    original: "HIS OWN SHADOW",
    copies: ["THE DARK SHAPE BEHIND HIM", "A SILHOUETTE ON THE WALL"],
    isFamily: true,
  },
  {
    prompt: "The owl was fired from the library for…",
    original: "SHOUTING AFTER MIDNIGHT",
    copies: ["GIVING NOISY BIRD CALLS", "MAKING LOUD HOOTS"],
    isFamily: true,
  },
  {
    prompt: "The bees are angry because somebody stole…",
    original: "EVERY GOLDEN JAR",
    copies: ["ALL THEIR HONEY", "THE ENTIRE SWEET SUPPLY"],
    isFamily: true,
  },
  {
    prompt: "The llama spat at the tourist because of…",
    original: "AN UGLY HAT",
    copies: ["ONE TRULY HIDEOUS BONNET", "A TERRIBLE CAP"],
    isFamily: true,
  },
  {
    prompt: "Sharks would be less scary if they wore…",
    original: "ROSY HOUSE SHOES",
    copies: ["FLUFFY PASTEL FOOTWEAR", "PINK SLIPPERS"],
    isFamily: true,
  },
]
