/** Grounds dark enough that white initials read on each at 4.5:1; a pattern only darkens them further. */
export const AVATAR_GROUNDS = ["#b3123f", "#a8430a", "#7d5a00", "#4d6b0c", "#0b6b3a", "#0a6a70", "#0d62a8", "#3344c4", "#6a2bd0", "#8f1fae", "#a8167e", "#5c4a3d"] as const
export const AVATAR_INK = "#ffffff"
export const AVATAR_PATTERNS = ["stripes", "dots", "checks", "rings", "chevrons", "halves"] as const

export type AvatarLook = {
  initials: string
  ground: (typeof AVATAR_GROUNDS)[number]
  pattern: (typeof AVATAR_PATTERNS)[number]
}

/** What stands for a person on every screen: the same id always gets the same colour and pattern. */
export function avatarLook(id: string, name: string): AvatarLook {
  const hash = fnv1a(id)
  return {
    initials: initialsOf(name),
    ground: AVATAR_GROUNDS[hash % AVATAR_GROUNDS.length] ?? AVATAR_GROUNDS[0],
    pattern: AVATAR_PATTERNS[(hash >>> 8) % AVATAR_PATTERNS.length] ?? AVATAR_PATTERNS[0],
  }
}

/** "Anna Lena" → "AL", "bo" → "BO", an emoji stays whole; "?" for nothing. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean).map(graphemes)
  const [first, ...rest] = words
  if (!first) return "?"
  const last = rest.at(-1)
  const letters = last ? [first[0], last[0]] : first.slice(0, 2)
  return letters.join("").toLocaleUpperCase("en-US")
}

function graphemes(word: string): string[] {
  return Array.from(new Intl.Segmenter().segment(word), (part) => part.segment)
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  // A last stir: FNV's low bits hardly differ for ids that differ only at the end.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
