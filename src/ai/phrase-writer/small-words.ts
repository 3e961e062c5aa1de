const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** What announces a noun. */
export const determiners = list(`
  a an the this that these those such one some any every each all both no another several many much more most few
  my your his her its our their whose only
`)

/** Whom a verb follows. */
export const subjects = list(`
  i you he she it we they who whoever nobody somebody someone everybody everyone anybody nothing something everything
  to can could will would shall should may might must never always ever not only
`)

const others = list(`
  me us him them mine myself yourself himself herself itself ourselves themselves what which where when why how
  whom somewhere anything anyone and or but nor so if then else than as because while though until since whether of in on
  at by for from with without within into onto upon about above below under over between among through during before
  after against around behind beside across along toward towards up down out off away back near per via like
  am is are was were be been being do does did done doing have has had having get gets got getting go goes gone going
  went make makes made making let lets yes ok very too just also even still yet quite rather almost either neither less
  least other others same here there now often again once soon thing things none nowhere sometimes outside inside beneath beyond
`)

/** Whether a word holds a phrase together: it stays where it is when the phrase is reworded. Small letters. */
export function isSmallWord(word: string): boolean {
  const bare = word.replace(/'.*$/, "")
  return [determiners, subjects, others].some((words) => words.has(word) || (bare !== word && words.has(bare)))
}

/** After a verb these belong to it: RINGING UP. */
export const particles = list("up down out off away back over on in")

const numbers = list(`
  two three four five six seven eight nine ten eleven dozen twelve thirteen fifteen twenty thirty forty fifty sixty
  seventy eighty ninety hundred thousand million
`)

/** What may stand in a small word's place without anything being lost, the word itself among it. Most have only that. */
const sameSmallWords: Readonly<Record<string, readonly string[]>> = {
  a: ["a", "a", "a", "a", "one", "the"],
  an: ["a", "a", "a", "a", "one", "the"],
  one: ["one", "a", "a"],
  some: ["some", "some", "the"],
  those: ["those", "these", "the"],
  these: ["these", "those", "the"],
  // The rules take these for words that give the original away.
  whoever: ["everybody who", "anyone who", "someone who"],
  several: ["some", "some", "many"],
  outside: ["beside", "near", "behind"],
  inside: ["in", "within"],
  beneath: ["under", "below"],
  beyond: ["behind", "above"],
  every: ["every", "each"],
  my: ["my", "my", "my", "our"],
}

export function smallWordsFor(word: string): readonly string[] {
  return sameSmallWords[word] ?? [word]
}

/** Other numbers of about that size, for a word that is one. Small letters. */
export function nearNumbers(word: string): readonly string[] {
  const all = [...numbers]
  const place = all.indexOf(word)
  return place === -1 ? [] : all.slice(Math.max(0, place - 2), place + 3).filter((other) => other !== word)
}
