"use client"

import { isRoundOver } from "@/games/imposter/round-over"
import { useNight } from "@/live/use-night"
import type { Accent } from "@/ui/accent"
import { classNames } from "@/ui/class-names"

/** What the desk is about. */
export type DeskGame = "racing" | "imposter" | "quipflip" | "lan"

type GameSwitchProps = { game: DeskGame; onGame: (game: DeskGame) => void }

const games: readonly { game: DeskGame; words: string; accent: Accent }[] = [
  { game: "racing", words: "Racing", accent: "racing" },
  { game: "imposter", words: "Imposter", accent: "imposter" },
  { game: "quipflip", words: "Quipflip", accent: "quipflip" },
  { game: "lan", words: "LAN", accent: "lan" },
]

/** The game a stored word stands for; the usual one without any. */
export function deskGameOf(text: string): DeskGame {
  return games.find(({ game }) => game === text)?.game ?? "racing"
}

/** Which game is on the desk; says when another one needs an eye. */
export function GameSwitch({ game, onGame }: GameSwitchProps) {
  const { night } = useNight()
  const isLive: Record<DeskGame, boolean> = {
    racing: night.races.some(({ status }) => status === "LIVE" || status === "OPEN_FOR_BETS"),
    imposter: night.imposter !== null && !isRoundOver(night.imposter),
    quipflip: night.sessions.some(({ status }) => status === "IN_PROGRESS"),
    lan: (night.lan?.peerCount ?? 0) > 0,
  }
  return (
    <div role="group" aria-label="Game" className="flex rounded-xl border-2 border-line bg-surface p-0.5">
      {games.map(({ game: id, words, accent }) => (
        <button
          key={id}
          type="button"
          data-accent={accent}
          aria-pressed={id === game}
          onClick={() => onGame(id)}
          className={classNames("display min-h-11 rounded-lg px-4 text-xl whitespace-nowrap", id === game ? "bg-accent text-on-accent" : "text-muted hover:text-ink")}
        >
          {words}
          {isLive[id] && id !== game && <span className="text-accent-text"><span aria-hidden> ●</span><span className="sr-only"> (runs now)</span></span>}
        </button>
      ))}
    </div>
  )
}
