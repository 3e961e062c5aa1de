import { createInterface } from "node:readline/promises"
import { Writable } from "node:stream"

/** [LANA-22] Asks for the network's password and shows to nobody what is typed. Null for Ctrl-C and Ctrl-D: then there is none. */
export async function typedPassword(from: NodeJS.ReadableStream, notice: NodeJS.WritableStream): Promise<string | null> {
  notice.write("The network's password: ")
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: from, output: nowhere, terminal: true })
  try {
    return await lines.question("")
  } catch {
    return null
  } finally {
    lines.close()
    notice.write("\n")
  }
}
