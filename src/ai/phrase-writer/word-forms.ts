/** How a word stands in a phrase, as far as its letters show it. */
export type WordForm = "base" | "plural" | "owner" | "third" | "ing" | "past" | "participle"

export type FormOfWord = { readonly lemma: string; readonly form: WordForm }

/** Base, past, participle: the verbs a phrase is likely to hold. */
const irregularVerbs = table(`
  be was been, beat beat beaten, become became become, begin began begun, bend bent bent, bet bet bet, bite bit bitten,
  bleed bled bled, blow blew blown, break broke broken, breed bred bred, bring brought brought, build built built,
  burst burst burst, buy bought bought, cast cast cast, catch caught caught, choose chose chosen, cling clung clung,
  come came come, creep crept crept, cut cut cut, dig dug dug, do did done, draw drew drawn, drink drank drunk,
  drive drove driven, eat ate eaten, fall fell fallen, feed fed fed, feel felt felt, fight fought fought,
  find found found, flee fled fled, fling flung flung, fly flew flown, forbid forbade forbidden, forget forgot forgotten,
  forgive forgave forgiven, freeze froze frozen, get got got, give gave given, go went gone, grind ground ground,
  grow grew grown, hang hung hung, have had had, hear heard heard, hide hid hidden, hit hit hit, hold held held,
  hurt hurt hurt, keep kept kept, kneel knelt knelt, know knew known, lay laid laid, lead led led, leap leapt leapt,
  leave left left, lend lent lent, let let let, lie lay lain, light lit lit, lose lost lost, make made made,
  mean meant meant, meet met met, mistake mistook mistaken, overcome overcame overcome, overtake overtook overtaken,
  pay paid paid, put put put, quit quit quit, read read read, ride rode ridden, ring rang rung, rise rose risen,
  run ran run, say said said, see saw seen, seek sought sought, sell sold sold, send sent sent, set set set,
  sew sewed sewn, shake shook shaken, shed shed shed, shine shone shone, shoot shot shot, show showed shown,
  shrink shrank shrunk, shut shut shut, sing sang sung, sink sank sunk, sit sat sat, sleep slept slept,
  slide slid slid, speak spoke spoken, spend spent spent, spill spilt spilt, spin spun spun, spit spat spat,
  split split split, spread spread spread, spring sprang sprung, stand stood stood, steal stole stolen,
  stick stuck stuck, sting stung stung, stink stank stunk, strike struck struck, swear swore sworn, sweep swept swept,
  swell swelled swollen, swim swam swum, swing swung swung, take took taken, teach taught taught, tear tore torn,
  tell told told, think thought thought, throw threw thrown, understand understood understood, wake woke woken,
  wear wore worn, weep wept wept, win won won, withdraw withdrew withdrawn, write wrote written
`)

/** One, several. */
const irregularNouns = table(`
  man men, woman women, child children, foot feet, tooth teeth, goose geese, mouse mice, louse lice, ox oxen,
  person people, knife knives, wife wives, life lives, leaf leaves, thief thieves, half halves, shelf shelves,
  loaf loaves, wolf wolves, scarf scarves, calf calves, elf elves, potato potatoes, tomato tomatoes, hero heroes,
  echo echoes, sheep sheep, fish fish, deer deer, series series, species species, cactus cacti, salmon salmon,
  trout trout, cattle cattle, police police, clothes clothes, trousers trousers, pants pants, glasses glasses,
  scissors scissors, shorts shorts, pyjamas pyjamas, tights tights, gymnastics gymnastics, athletics athletics,
  news news, hosiery hosiery, dice dice, bus buses, gas gases, lens lenses, axis axes, crisis crises, goggles goggles,
  tropics tropics, spaghetti spaghetti, noodles noodles, flames flames, things things, dentures dentures
`)

/** Short verbs that double their last letter. Longer ones do so only when it is stressed, which letters do not show. */
const doublesLast = /^(?:[^aeiou]*[aeiou][bdgklmnprt]|.*qu[aeiou][bdgklmnprt]|admit|begin|commit|control|forget|occur|permit|prefer|refer|regret|rebel|equip|patrol|travel|cancel|quarrel|signal)$/

/** What a word may be a form of, itself included. Small letters. Not every answer is a word: look it up. */
export function readingsOf(word: string): readonly FormOfWord[] {
  const readings: FormOfWord[] = [{ lemma: word, form: "base" }]
  for (const [base = "", past, participle] of irregularVerbs) {
    if (past === word) readings.push({ lemma: base, form: "past" })
    if (participle === word && participle !== past) readings.push({ lemma: base, form: "participle" })
  }
  for (const [one = "", several] of irregularNouns) if (several === word) readings.push({ lemma: one, form: "plural" })
  if (word.endsWith("'s")) readings.push({ lemma: word.slice(0, -2), form: "owner" })
  for (const base of withoutEnding(word, "s")) {
    readings.push({ lemma: base, form: "plural" }, { lemma: base, form: "third" })
  }
  for (const base of withoutEnding(word, "ed")) readings.push({ lemma: base, form: "past" })
  for (const base of withoutEnding(word, "ing")) readings.push({ lemma: base, form: "ing" })
  return readings
}

/** Every base to which the ending could have been added. */
function withoutEnding(word: string, ending: "s" | "ed" | "ing"): string[] {
  if (!word.endsWith(ending) || word.endsWith("ss") || word.length < ending.length + 2) return []
  const rest = word.slice(0, -ending.length)
  const bases = ending === "s" ? basesBeforeS(rest) : [rest, `${rest}e`, ...undoubled(rest)]
  if (ending === "ing" && rest.endsWith("y")) bases.push(`${rest.slice(0, -1)}ie`)
  if (ending === "ed" && rest.endsWith("i")) bases.push(`${rest.slice(0, -1)}y`)
  return bases.filter((base) => inflected(base, formOf[ending]) === word || inflected(base, "third") === word)
}

const formOf = { s: "plural", ed: "past", ing: "ing" } as const

function basesBeforeS(rest: string): string[] {
  if (rest.endsWith("ie")) return [rest, `${rest.slice(0, -2)}y`]
  return rest.endsWith("e") ? [rest, rest.slice(0, -1)] : [rest]
}

const undoubled = (rest: string) => (/([b-df-hj-np-tv-z])\1$/.test(rest) ? [rest.slice(0, -1)] : [])

/**
 * A lemma in a form. Of several words the first carries a verb's form, the last a noun's.
 * @param lemma in small letters
 */
export function inflected(lemma: string, form: WordForm): string {
  if (form === "base") return lemma
  if (form === "owner") return `${lemma}'s`
  const words = lemma.split(" ")
  const place = form === "plural" ? words.length - 1 : 0
  return words.map((word, index) => (index === place ? inflectedWord(word, form) : word)).join(" ")
}

function inflectedWord(word: string, form: Exclude<WordForm, "base" | "owner">): string {
  if (form === "plural") return irregularNouns.find(([one]) => one === word)?.[1] ?? withS(word)
  if (form === "third") return withS(word)
  const verb = irregularVerbs.find(([base]) => base === word)
  if (form === "past") return verb?.[1] ?? withEd(word)
  if (form === "participle") return verb?.[2] ?? withEd(word)
  return withIng(word)
}

function withS(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(?:s|x|z|ch|sh|[^aeiou]o)$/.test(word) && !/(?:piano|photo|logo|disco|taco)$/.test(word) ? `${word}es` : `${word}s`
}

function withEd(word: string): string {
  if (word.endsWith("e")) return `${word}d`
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ied`
  return `${doubled(word)}ed`
}

function withIng(word: string): string {
  if (word.endsWith("ie")) return `${word.slice(0, -2)}ying`
  if (/[^eoy]e$/.test(word) && word !== "be") return `${word.slice(0, -1)}ing`
  return `${doubled(word)}ing`
}

const doubled = (word: string) => (doublesLast.test(word) ? word + word.slice(-1) : word)

function table(text: string): readonly (readonly string[])[] {
  return text.split(",").map((row) => row.trim().split(/\s+/))
}
