import { readFile } from "node:fs/promises"
import wordListPath from "word-list"
import { type Dictionary, dictionaryFrom } from "./dictionary"

let reading: Promise<Dictionary> | null = null

/** The English word list [QF-P4], read from the disk the first time it is wanted and kept. A failed reading is tried again. */
export function readDictionary(): Promise<Dictionary> {
  reading ??= readFile(wordListPath, "utf8").then(dictionaryFrom, (cause) => {
    reading = null
    throw new Error("the word list cannot be read", { cause })
  })
  return reading
}
