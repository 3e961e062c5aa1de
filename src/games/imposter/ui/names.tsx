import { useNames } from "./use-names"

/** A guest's name in a sentence; whatever script it is written in, it leaves the words around it alone. */
export function Name({ id }: { id: string }) {
  const nameOf = useNames()
  return <bdi className="font-semibold text-ink [overflow-wrap:anywhere]">{nameOf(id)}</bdi>
}

type NamesProps = {
  ids: readonly string[]
  /** As many are named; of the others only how many. */
  most?: number
}

/** "Bo", "Bo and Cy", "Bo, Cy and 3 more". */
export function Names({ ids, most = 8 }: NamesProps) {
  // "And 1 more" is no shorter than the name.
  const named = ids.length > most + 1 ? ids.slice(0, most) : ids
  const more = ids.length - named.length
  return (
    <>
      {named.map((id, index) => (
        <span key={id}>
          {index > 0 && (index === ids.length - 1 ? " and " : ", ")}
          <Name id={id} />
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </>
  )
}
