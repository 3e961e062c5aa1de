/** Gives often repeated statements a name, so that Postgres parses and plans them once per connection. */
export type StatementNames = {
  /** The name of this statement, once it has been asked for often enough; undefined for the rest. */
  nameOf(text: string): string | undefined
}

// A named statement lives as long as its connection. Texts that vary (lists of another length) must not fill it up.
const asksBeforeNaming = 5
const mostNames = 100
const mostTexts = 1_000

export function createStatementNames(): StatementNames {
  const asks = new Map<string, number>()
  const names = new Map<string, string>()
  return {
    nameOf(text) {
      const name = names.get(text)
      if (name || names.size >= mostNames) return name
      const count = (asks.get(text) ?? 0) + 1
      if (count < asksBeforeNaming) {
        if (asks.size >= mostTexts) asks.clear()
        asks.set(text, count)
        return undefined
      }
      asks.delete(text)
      names.set(text, `party_${names.size}`)
      return names.get(text)
    },
  }
}
