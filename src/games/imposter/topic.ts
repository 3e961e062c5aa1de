/** What words shall be about [IMP-7]. */
export type Topic = { readonly category: string | null; readonly theme: string | null; readonly language: string }

/** The language of the shipped deck. */
export const deckLanguage = "en"

/** Under which words of a topic are kept in the stock. */
export function topicKey({ category, theme, language }: Topic): string {
  if (theme !== null) return `${language} theme ${theme.toLowerCase()}`
  return category === null ? `${language} anything` : `${language} category ${category}`
}
