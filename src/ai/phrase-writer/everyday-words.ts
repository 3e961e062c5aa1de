import type { PartOfSpeech } from "./wordnet"

/**
 * Words of party talk that may stand for each other, by our own ear. WordNet knows most of them but also a hundred finer
 * shades, and not which of them people would type.
 */
const groups: Readonly<Record<PartOfSpeech, string>> = {
  noun: `
    sock stocking slipper, shoe boot sandal sneaker, hat cap bonnet beret, shirt blouse vest, jumper sweater hoodie cardigan,
    trousers jeans pants shorts, pants underpants knickers, dress gown frock, outfit costume uniform, coat jacket cloak,
    glove mitten, bag sack pouch, suitcase trunk luggage baggage, mask disguise, clothes garments, tutu skirt,
    mouse rat hamster rodent, cat kitten feline, dog hound puppy pooch poodle, bird pigeon seagull parrot, fish trout herring,
    monkey ape gorilla chimpanzee, horse pony donkey mule, cow bull ox, goat sheep llama, pig hog boar, bear grizzly wolf,
    cattle livestock, beetle cockroach bug, spider scorpion, snake cobra serpent, chicken hen rooster turkey, duck goose swan,
    penguin walrus, dinosaur mammoth, dragon monster beast, frog toad newt, bee wasp hornet, animal creature beast,
    mother mum mummy, grandmother grandma granny, grandfather grandpa, father dad daddy, husband spouse, child kid toddler,
    baby infant newborn, man guy bloke fellow, woman lady girl, friend buddy pal companion, relative uncle cousin aunt,
    boss manager director, teacher professor tutor, doctor surgeon nurse, policeman cop constable, thief burglar robber crook,
    king emperor prince, queen princess empress, witch sorceress, wizard sorcerer magician, ghost phantom spirit,
    pirate buccaneer, sailor seaman captain, clown jester comedian, lawyer solicitor, servant butler waiter maid,
    dancer ballerina, singer musician, fan admirer, driver chauffeur, referee umpire, landlord owner, accountant banker,
    knight warrior, alien martian, vampire zombie, superhero hero, twin double, crowd mob,
    bread toast loaf, sandwich burger bagel, cheese cheddar brie, ham bacon pork sausage, cake pie tart gateau,
    biscuit cookie cracker, sweet candy toffee, chocolate cocoa, soup stew broth, potato spud, carrot turnip radish,
    onion leek garlic, cucumber pickle gherkin, banana melon mango, pizza lasagne, pasta noodles spaghetti, omelette egg,
    coffee espresso tea, beer lager cider, wine champagne, drink beverage, breakfast brunch, lunch dinner supper snack meal,
    treat dessert pudding, sauce ketchup mustard gravy, vegetable sprout, salt pepper, sugar syrup honey, vinegar mustard,
    house home cottage bungalow, flat apartment, room chamber cell, bathroom toilet lavatory, bed mattress hammock,
    chair stool armchair, sofa couch, table desk, door gate, wall fence, garden yard lawn, roof ceiling, carpet rug,
    wallpaper curtain, pillow cushion, blanket duvet, lamp candle torch, broom mop brush, plate dish bowl, cup mug goblet,
    pan pot kettle, towel flannel, soap shampoo, box crate carton, jar bottle, cupboard wardrobe closet, stick rod pole,
    car automobile vehicle taxi, lorry truck van, bus coach tram, bicycle bike scooter, plane jet helicopter,
    boat ship raft, rocket spaceship, road street lane, track rail, city town village, shop store boutique,
    supermarket grocery, mall arcade, hotel hostel motel, school college, prison jail dungeon, hospital clinic,
    castle palace fortress, beach shore coast seaside, mountain hill, forest jungle, lake pond puddle, bog swamp marsh,
    desert wasteland, corridor aisle hallway, petrol diesel gasoline, engine motor,
    phone telephone mobile, computer laptop, internet web, robot android, message letter email note,
    photo picture image snapshot portrait, film movie, song tune melody, dance waltz tango, opera musical, book novel,
    story tale, party celebration bash, ball gala, wedding marriage, gift present, money cash currency, coin penny cent,
    dollar pound euro, bill invoice, ticket voucher coupon, trumpet trombone horn, guitar banjo violin, bell gong alarm,
    group band gang bunch, plant shrub bush, toy doll, trophy medal, rule law, operation surgery, haircut hairdo perm,
    head skull, nose nostril, tooth fang, hair wig, beard moustache, hand fist, finger thumb, foot toe, leg knee, heel ankle,
    arm elbow, bottom backside, belly stomach tummy, bicep muscle, smell stench odour, noise racket, dream nightmare,
    laughter giggling chuckling, smile grin smirk, nap snooze siesta, holiday vacation, trip journey voyage, shadow outline,
    hole pit, fire blaze flames, mud dirt slime, storm hurricane, night evening, midnight bedtime dusk, minute hour second,
    year decade month, piece slice chunk, heap pile stack load, duel fight battle, error mistake, secret mystery,
    desire wish dream, fear panic terror, word name, rehearsal practice, stuff things, crumb breadcrumb, resort hotel,
    key lock, popcorn crisps peanuts, perfume aftershave cologne, tax fine fee, morning sunrise dawn, afternoon evening,
    girlfriend boyfriend lover, ex former, umbrella parasol raincoat, elephant hippo rhino, squirrel rabbit hedgehog,
    crocodile alligator, tuxedo suit, casino club, stranger foreigner outsider, video clip film, army troop squad herd,
    herd flock swarm, walk stroll hike, volcano earthquake, shower bath sauna, rum vodka whisky tequila gin, law court,
    pineapple peach coconut, traffic rush, victory triumph success, world planet universe, weather climate rain,
    noon lunchtime midday, toilet bathroom, paper cardboard, password code, teeth dentures, wish hope, joke prank, date meeting,
    idea plan, question riddle, answer reply, problem trouble, war battle, peace harmony, luck fortune, love romance,
    hero champion, champion winner, loser failure, expert specialist, beginner amateur, tourist traveller, neighbour flatmate,
    dentist doctor, pilot captain, chef cook baker, barber hairdresser, judge jury, soldier guard, detective inspector spy,
    criminal crook gangster, politician president minister, bank vault, bathtub basin sink, fridge freezer oven,
    television telly screen, camera lens, laptop tablet, button switch, wheel tyre, window pane, chimney fireplace,
    basement cellar attic, tent hut cabin, tree bush oak, flower rose tulip, leaf branch, rock stone pebble, sky cloud,
    sun moon star, sea ocean, butter margarine jam, cream custard yoghurt, milk cream, rice noodles, fruit berry,
    apple pear plum, lemon lime orange, bean pea lentil, mushroom truffle, hangover headache, tear sob, wig toupee,
    nail claw, mouth lips, tongue lip, brain mind, heart soul, back spine, skin flesh, bone rib, blood sweat`,
  adj: `
    old ancient aged antique, old elderly, old worn shabby, young youthful, new fresh modern,
    big huge giant enormous gigantic massive colossal, large big huge, small tiny little miniature, tall high towering,
    short brief quick, long endless lengthy, fat chubby plump, thin skinny, fast quick speedy, slow sluggish,
    hot boiling scorching burning, warm cosy, cold freezing icy chilly frozen chilled, wet soggy damp soaked,
    dirty filthy grubby muddy unwashed, clean spotless, smelly stinky stinking, ugly hideous unsightly,
    pretty beautiful lovely gorgeous, nice friendly kind, angry furious mad grumpy, happy cheerful jolly,
    sad gloomy unhappy miserable, tired sleepy exhausted drowsy, hungry starving ravenous, drunk tipsy, loud noisy deafening,
    quiet silent, scary frightening spooky terrifying, haunted cursed possessed, crazy insane mad, stupid silly foolish,
    clever smart brilliant, strange weird odd bizarre peculiar, secret hidden, broken damaged shattered,
    lost missing forgotten, lonely abandoned, expensive costly pricey, rich wealthy, fake false artificial, real genuine,
    hairy furry fluffy fuzzy, soft cuddly fluffy, cuddly plush, sharp pointy spiky prickly, sticky gooey slimy,
    sweet sugary, sour bitter, spicy fiery, rotten mouldy stale, raw uncooked, burnt charred overcooked, fried grilled roasted,
    greasy oily fatty, boring dull tedious, exciting thrilling, funny hilarious, famous legendary, unknown anonymous mysterious,
    lazy idle, busy occupied, perfect flawless, terrible awful horrible dreadful, great wonderful fantastic,
    dangerous risky deadly, full packed stuffed, strong powerful, bright shiny glowing, golden gilded, red crimson scarlet,
    pink rosy, plastic rubber, evil wicked, magic enchanted, flying airborne, nervous anxious worried, shy timid,
    useless worthless hopeless, favourite beloved preferred, blurry fuzzy unclear, crooked lopsided, permanent lasting,
    extreme radical, automatic mechanical, romantic loving, protective caring, leftover remaining, incomplete unfinished,
    locked bolted, foamy bubbly frothy, ticklish sensitive, feline catlike, rubber plastic, wooden timber, live living,
    nice pleasant, free complimentary, bald hairless, naked bare unclothed, giant oversized,
    bad awful terrible, good great fine, last final, first original, cheap inexpensive, invisible unseen transparent,
    exploding bursting, romantic candlelit, underground subterranean, unpaid overdue, dead lifeless, ordinary normal plain,
    modern trendy, heavy weighty, light feathery, round circular, square boxy, double twin, single lone, rare unusual,
    important crucial, easy simple effortless, difficult hard tricky, deep bottomless, noisy rowdy, polite courteous, rude impolite,
    proud smug, jealous envious, confused puzzled baffled, surprised astonished amazed, scared frightened terrified,
    delicious tasty yummy, disgusting revolting gross, drunken boozy, sick ill poorly, healthy fit, medieval ancient,
    electric electronic, digital virtual, legal lawful, illegal forbidden banned, local nearby, royal noble, holy sacred`,
  verb: `
    eat devour swallow munch gobble, drink gulp sip slurp, steal pinch swipe, break smash wreck, destroy ruin wreck,
    throw toss hurl fling, run sprint dash, walk stroll wander, jump leap hop, sing hum whistle, shout yell scream holler,
    cry weep sob, laugh giggle chuckle, sleep nap snooze doze, hide conceal, find discover, lose misplace, buy purchase,
    give hand offer, take grab, kiss smooch, hug cuddle embrace, love adore, hate despise, call phone, write scribble,
    look stare gaze peek, watch observe, sniff smell, touch poke, hit punch slap whack, fight battle, cook bake fry roast,
    clean wash scrub polish, decorate adorn, paint draw sketch, build construct, fix repair mend, close shut, start begin,
    talk chat speak, whisper mutter murmur, lie fib, cheat swindle, chase hunt pursue, escape flee, fly soar, fall tumble,
    bite chew nibble, bring carry fetch deliver, drop spill, complain moan whine grumble, argue quarrel bicker, need require,
    tickle scratch, marry wed, explode burst, vanish disappear, block obstruct, shine glow sparkle, leave depart,
    confuse bewilder puzzle baffle, spit cough, check inspect, count tally, try attempt, squeak creak, buzz hum,
    ring call, rest relax, hunt stalk, own possess, scare frighten, borrow nick, burp belch, dig shovel, stay remain,
    collapse tumble crumble, block obstruct, wear sport, score triumph, dance waltz boogie, snore wheeze,
    want desire crave, forget overlook, remember recall, lose misplace, steal rob, pay spend, win triumph, learn study,
    ask beg plead, answer reply, open unlock, follow chase, meet encounter, visit tour, travel journey, train exercise,
    work labour, play perform, practise rehearse, cut slice chop, pour splash, melt dissolve, grow swell, push shove, pull drag tug,
    climb scale, swim paddle, ride cycle, drive steer, invite welcome, refuse decline, promise swear, teach instruct,
    pretend act, believe trust, dislike hate, enjoy love, ignore neglect, insult offend, punish spank, save rescue, 
    pray worship, shave trim, wink blink, smile grin, sweat perspire, sneeze cough, faint swoon, wake rise, wait linger`,
  adv: `
    quickly fast speedily, loudly noisily, quietly silently, badly terribly, forever eternally, extremely incredibly terribly,
    happily cheerfully, slowly sluggishly, properly correctly decently, secretly quietly, always constantly`,
}

const everyday: ReadonlyMap<PartOfSpeech, ReadonlyMap<string, ReadonlySet<string>>> = new Map(
  (Object.keys(groups) as PartOfSpeech[]).map((part) => [part, neighbours(groups[part])]),
)

function neighbours(text: string): Map<string, Set<string>> {
  const others = new Map<string, Set<string>>()
  for (const group of text.split(",").map((words) => words.trim().split(/\s+/))) {
    for (const word of group) {
      const known = others.get(word) ?? new Set()
      for (const other of group) if (other !== word) known.add(other)
      others.set(word, known)
    }
  }
  return others
}

const none: ReadonlySet<string> = new Set()

/** @param lemma in small letters */
export function everydayWordsFor(lemma: string, part: PartOfSpeech): ReadonlySet<string> {
  return everyday.get(part)?.get(lemma) ?? none
}

export function allEverydayWords(): { readonly lemma: string; readonly part: PartOfSpeech }[] {
  return [...everyday].flatMap(([part, words]) => [...words.keys()].map((lemma) => ({ lemma, part })))
}
