/**
 * What one round of Imposter is about: civilians see `word`; the imposter sees `hint`, a vaguer term that belongs to it
 * and lets them bluff. A secret until the round is revealed: it goes into no log and no error message.
 */
export type WordPair = { readonly word: string; readonly hint: string }
