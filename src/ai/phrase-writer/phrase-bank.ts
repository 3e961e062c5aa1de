const lines = (text: string): readonly string[] => text.split(",").map((line) => line.trim().replace(/\s+/g, " "))

/** What one thing may be like. Small letters, as everything here. */
export const qualities = lines(`
  furious, nervous, haunted, giant, tiny, invisible, sleepy, suspicious, lonely, expensive, melted, dancing, singing, stolen,
  exploding, ancient, moody, glittery, hairless, purple, forgotten, jealous, dramatic, homemade, sticky, royal, secret,
  dangerous, hungry, very polite, slightly broken, second hand, badly dressed, retired, flying, inflatable, enchanted,
  unwashed, confused, overpaid
`)

/** What one thing may be: each can be counted. */
export const nouns = lines(`
  penguin, goat, accordion, pineapple, wizard, vacuum cleaner, hedgehog, lawyer, goldfish, teapot, pirate, moustache, cactus,
  trombone, sausage, dentist, llama, pyramid, bathtub, violin, cucumber, hamster, sandwich, grandmother, robot, balloon,
  waffle, flamingo, tractor, toaster, lobster, umbrella, poodle, trampoline, ghost, meatball, ninja, armchair, pumpkin,
  magician, octopus, slipper, crocodile, unicorn, plumber, turnip, helicopter, chandelier, tax inspector, rubber duck
`)

/** Complete as they stand. */
export const things = lines(`
  far too much garlic, one very angry swan, a suitcase full of jelly, the wrong kind of cheese, a bath filled with custard,
  absolutely no trousers, a trombone solo, seven identical cousins, my uncle in a kilt, a bag of live crabs,
  the smell of old cabbage, a poem about gravy, two llamas sharing a coat, an unpaid electricity bill, somebody else's teeth,
  a lifetime supply of mustard, a map to nowhere, grandma's motorbike, an army of garden gnomes, a spoonful of regret,
  half a birthday cake, a badly drawn horse, the world's smallest violin, an unexpected marching band, too many scented candles,
  a tiny hat for pigeons, the ghost of a plumber, a very long queue, mild disappointment, pure panic, a cardigan made of bacon,
  one lonely meatball, the last clean spoon, a karaoke machine, some questionable yoghurt, a goose with a grudge,
  a rubber chicken, my neighbour's laundry, eleven hungry toddlers, an emergency pineapple, free hugs and biscuits,
  a broken escalator, a surprise tax inspection, glitter in every pocket, the wrong wedding, an opera about socks
`)

/** For a prompt that wants many, or much. */
export const manyThings = lines(`
  angry wasps, cold spaghetti, broken promises, expired coupons, rubber ducks, other people's slippers, melted ice cream,
  tiny umbrellas, love letters, plastic flamingos, strawberry jam, garden gnomes, unpaid bills, odd socks, cheap glitter,
  sleepy kittens, soggy biscuits, false moustaches, pickled onions, mysterious buttons, wet towels, old tram tickets,
  singing hamsters, lukewarm soup, bent spoons, jealous swans, wigs for dogs, used teabags, secret recipes, wooden teeth
`)

/** What somebody does: the first word is the verb. */
export const deeds = lines(`
  steal the wedding cake, dance with a mop, sing to the plants, hide in the laundry basket, eat cereal with a fork,
  pretend to be a lamp, juggle raw eggs, sell imaginary houses, bark at the postman, shave a coconut, knit socks for spiders,
  argue with the toaster, fall into the fountain, yodel in the lift, ride a shopping trolley, write poems about cheese,
  sleep in a wardrobe, drink gravy through a straw, cry over spilt lemonade, wear two left shoes, paint the cat green,
  cook spaghetti in the bath, moonwalk down the aisle, bite the referee, lick every spoon, count other people's money,
  fight a scarecrow, build a castle of butter, wrestle a garden hose, swallow a whistle, kiss a statue, iron the lettuce,
  collect belly button fluff, run away with a clown, take a nap upside down, snore like a tractor, laugh at the wrong moment,
  set fire to the curtains, blame the goldfish, forget everybody's name
`)

export const somebodies = lines("the goat, my uncle, the pope, grandma, a penguin, the plumber, his wig, a pigeon, the twins, our host")

export const sayings = lines(`
  send more cake, nobody saw me dance, do not wake me, please feed the host, where are my trousers, the cat did it,
  trust nobody with biscuits, never share your chips, help me escape, who ordered the camel, look behind you,
  I prefer the other sock, more cheese less talking, nap first ask later, this is not my wig, we are all bananas,
  born to eat dumplings, sorry about the carpet, return my lawnmower, live fast and eat pudding
`)
