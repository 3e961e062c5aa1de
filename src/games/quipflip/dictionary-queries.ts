import { readFile } from "node:fs/promises"
import wordListPath from "word-list"
import { processWide } from "@/kernel/process-wide"
import { type Dictionary, dictionaryFrom } from "./dictionary"

/** The English word list [QF-P4], read from the disk the first time it is wanted and kept. A failed reading is tried again. */
export function readDictionary(): Promise<Dictionary> {
  return processWide("dictionary", async () => {
    const list = await readFile(wordListPath, "utf8").catch((cause: unknown) => {
      throw new Error("the word list cannot be read", { cause })
    })
    return dictionaryFrom(list)
  })
}
