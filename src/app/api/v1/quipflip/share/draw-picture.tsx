import { readFile } from "node:fs/promises"
import { ImageResponse } from "next/og"
import type { SessionResults } from "@/games/quipflip/view"
import { pictureSize, SharePicture } from "./share-picture"

// Each written out: the bundler finds only addresses it can read.
const fontFiles = [
  { name: "Party Display", url: new URL("./fonts/display-latin.ttf", import.meta.url) },
  { name: "Party Display Extended", url: new URL("./fonts/display-latin-ext.ttf", import.meta.url) },
  { name: "Party Text", url: new URL("./fonts/text-latin.ttf", import.meta.url) },
  { name: "Party Text Extended", url: new URL("./fonts/text-latin-ext.ttf", import.meta.url) },
  { name: "Party Text Cyrillic", url: new URL("./fonts/text-cyrillic.ttf", import.meta.url) },
  { name: "Party Text Greek", url: new URL("./fonts/text-greek.ttf", import.meta.url) },
] as const

/** The picture of a session as a PNG. Asks nobody outside this machine. */
export async function drawPicture(partyName: string, results: SessionResults): Promise<ArrayBuffer> {
  const fonts = await Promise.all(fontFiles.map(async ({ name, url }) => ({ name, weight: 400 as const, style: "normal" as const, data: await readFile(url) })))
  return new ImageResponse(<SharePicture partyName={partyName} results={results} />, { ...pictureSize, fonts }).arrayBuffer()
}
