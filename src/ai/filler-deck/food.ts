import type { FillerSet } from "./filler-set"

export const food: readonly FillerSet[] = [
  {
    prompt: "The secret ingredient in Grandma's soup turned out to be…",
    original: "AN OLD SOCK",
    copies: ["A WORN STOCKING", "ANCIENT FOOTWEAR"],
    isFamily: true,
  },
  {
    prompt: "I opened my lunch box and found…",
    original: "A CHILLED OMELETTE",
    copies: ["A COLD FRIED EGG", "HALF OF A FROZEN BREAKFAST"],
    isFamily: true,
  },
  {
    prompt: "The chef ran out of the restaurant because of…",
    original: "A TINY MOUSE",
    copies: ["A LITTLE RODENT", "A SMALL FURRY GUEST"],
    isFamily: true,
  },
  {
    prompt: "The new flavour of ice cream tastes like…",
    original: "SOGGY PUPPY FUR",
    copies: ["WET DOG HAIR", "DAMP HOUND COAT"],
    isFamily: true,
  },
  {
    prompt: "On the menu tonight there is only…",
    original: "AN OVERCOOKED SANDWICH",
    copies: ["CHARRED BREAD SLICES", "BURNT TOAST"],
    isFamily: true,
  },
  {
    prompt: "You can improve any salad with…",
    original: "HEAPS OF SALTY HAM",
    copies: ["A MOUNTAIN OF BACON", "LOADS OF CRISPY PORK"],
    isFamily: true,
  },
  {
    prompt: "Never serve your guests…",
    original: "UNCOOKED SALMON FACES",
    copies: ["COLD TROUT EYES", "RAW FISH HEADS"],
    isFamily: true,
  },
  {
    prompt: "My fridge is empty except for…",
    original: "A LONELY CARROT",
    copies: ["AN ABANDONED ORANGE STICK", "ONE SAD ROOT VEGETABLE"],
    isFamily: true,
  },
  {
    prompt: "The pizza driver arrived with…",
    original: "GOOEY TOPPING DOWN THE SWEATER",
    copies: ["MELTED CHEESE ON HIS SHIRT", "STICKY MOZZARELLA ALL OVER CLOTHES"],
    isFamily: true,
  },
  {
    prompt: "The wedding cake collapsed because of…",
    original: "ONE TIPSY RELATIVE",
    copies: ["A DRUNK UNCLE", "A COUSIN FULL OF WINE"],
    isFamily: false,
  },
  {
    prompt: "To stay awake all night, I swallow…",
    original: "THREE STRONG COFFEES",
    copies: ["VERY POTENT BEAN JUICE", "A TRIPLE ESPRESSO"],
    isFamily: true,
  },
  {
    prompt: "Instead of popcorn, the cinema now sells…",
    original: "SOUR BULBS IN VINEGAR",
    copies: ["TEARY VEGETABLES IN A JAR", "PICKLED ONIONS"],
    isFamily: true,
  },
  {
    prompt: "The baker cried when she saw…",
    original: "BREAD THAT NEVER ROSE",
    copies: ["A FLAT LOAF", "DOUGH LIKE A PANCAKE"],
    isFamily: true,
  },
  {
    prompt: "Breakfast in bed usually ends with…",
    original: "CRUMBS IN THE PILLOW",
    copies: ["LITTLE FLAKES ON THE CUSHION", "TOAST BITS UNDER MY HEAD"],
    isFamily: true,
  },
  {
    prompt: "The spiciest thing I ever ate was…",
    original: "A BURNING CRIMSON POD",
    copies: ["SOME FIERY SCARLET VEGETABLE", "A RED CHILLI PEPPER"],
    isFamily: true,
  },
]
