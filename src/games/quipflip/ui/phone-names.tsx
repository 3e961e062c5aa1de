import type { SessionPlayer } from "../view"

/** A player's name in a sentence; whatever script it is written in, it leaves the words around it alone. */
export function PlayerName({ name }: { name: string }) {
  return <bdi className="font-semibold text-ink [overflow-wrap:anywhere]">{name}</bdi>
}

type PlayerNamesProps = {
  players: readonly Pick<SessionPlayer, "participantId" | "name">[]
  /** As many are named; of the others only how many. */
  most?: number
}

/** "Bo", "Bo and Cy", "Bo, Cy and 3 more". */
export function PlayerNames({ players, most = 4 }: PlayerNamesProps) {
  // "And 1 more" is no shorter than the name.
  const named = players.length > most + 1 ? players.slice(0, most) : players
  const more = players.length - named.length
  return (
    <>
      {named.map(({ participantId, name }, index) => (
        <span key={participantId}>
          {index > 0 && (index === players.length - 1 ? " and " : ", ")}
          <PlayerName name={name} />
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </>
  )
}
