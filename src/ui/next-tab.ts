/** The tab a key leads to: arrows go round, Home and End jump, any other key is `null`. */
export function nextTab<Id extends string>(ids: readonly Id[], current: Id, key: string): Id | null {
  const index = ids.indexOf(current)
  const last = ids.length - 1
  if (key === "ArrowRight") return ids[index === last ? 0 : index + 1] ?? null
  if (key === "ArrowLeft") return ids[index <= 0 ? last : index - 1] ?? null
  if (key === "Home") return ids[0] ?? null
  if (key === "End") return ids[last] ?? null
  return null
}
