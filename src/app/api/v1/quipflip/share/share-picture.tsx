import type { CSSProperties, ReactNode } from "react"
import { toldAwards } from "@/games/quipflip/ui/told-awards"
import type { PlayerResult, SessionResults } from "@/games/quipflip/view"
import { AVATAR_INK, avatarLook } from "@/ui/avatar-look"
import { drawable } from "./drawable"
import { type FunniestSet, funniestSet } from "./funniest-set"

/** In px. */
export const pictureSize = { width: 1200, height: 630 } as const

// The night's colours, written out: the drawing library knows no CSS variables.
const colours = { ground: "#0b1020", surface: "#141c38", raised: "#1d2749", ink: "#f6f7ff", muted: "#b4bee0", violet: "#7c3aed", violetText: "#bda5ff", coins: "#ffbe4d", green: "#37e394", greenInk: "#0b1020" }
// Each subset is a face of its own: the first that has a letter draws it.
const textFaces = "Party Text, Party Text Extended, Party Text Cyrillic, Party Text Greek"
const display: CSSProperties = { fontFamily: `Party Display, Party Display Extended, ${textFaces}`, textTransform: "uppercase", lineHeight: 1 }

type SharePictureProps = { partyName: string; results: SessionResults }

/** A session as one picture to pass on: the ranking, the awards, and the copy that took in the most. */
export function SharePicture({ partyName, results }: SharePictureProps) {
  const funniest = funniestSet(results.sets)
  return (
    <div style={{ ...page, width: pictureSize.width, height: pictureSize.height }}>
      <div style={{ display: "flex", alignItems: "center", gap: 28 }}>
        <div style={{ ...display, display: "flex", background: colours.violet, color: colours.ink, fontSize: 58, padding: "10px 24px 12px", transform: "skewX(-12deg)" }}>Quipflip</div>
        <div style={{ ...display, ...oneLine, fontSize: 50, maxWidth: 840 }}>{drawable(partyName, "Party night")}</div>
      </div>
      <div style={{ display: "flex", flex: 1, gap: 28, minHeight: 0 }}>
        <Ranking players={results.players} />
        <div style={{ display: "flex", flexDirection: "column", flex: 1, gap: 18, minWidth: 0 }}>
          <Awards results={results} />
          {funniest && <Funniest funniest={funniest} />}
        </div>
      </div>
    </div>
  )
}

/** As many rows fit. */
const mostRows = 5

function Ranking({ players }: { players: readonly PlayerResult[] }) {
  return (
    <div style={{ display: "flex", flexDirection: "column", width: 520, gap: 10 }}>
      {players.slice(0, mostRows).map((player, index) => <RankRow key={player.participantId} player={player} isBig={index < 3} />)}
      {players.length > mostRows && <Small>and {players.length - mostRows} more</Small>}
    </div>
  )
}

function RankRow({ player, isBig }: { player: PlayerResult; isBig: boolean }) {
  const { rank, netCoins } = player
  const isFirst = rank === 1
  const face = isBig ? 64 : 36
  return (
    <div style={{ display: "flex", alignItems: "center", gap: 16, height: isFirst ? 104 : isBig ? 82 : 48, padding: "0 18px", borderRadius: 18, background: isFirst ? colours.violet : colours.surface }}>
      <div style={{ ...display, display: "flex", justifyContent: "center", width: 44, fontSize: isFirst ? 84 : isBig ? 60 : 36 }}>{rank}</div>
      <Face player={player} size={isFirst ? 84 : face} />
      <div style={{ ...oneLine, flex: 1, fontSize: isFirst ? 40 : isBig ? 32 : 26 }}>{nameOf(player)}</div>
      <div style={{ ...display, display: "flex", fontSize: isFirst ? 54 : isBig ? 42 : 32, color: isFirst ? colours.ink : colours.coins }}>{signed(netCoins)}</div>
    </div>
  )
}

function Face({ player, size }: { player: PlayerResult; size: number }) {
  const look = avatarLook(player.guestId ?? player.participantId, nameOf(player))
  return (
    <div style={{ ...display, display: "flex", alignItems: "center", justifyContent: "center", flexShrink: 0, width: size, height: size, borderRadius: size / 5, background: look.ground, color: AVATAR_INK, fontSize: size * 0.56 }}>
      {look.initials}
    </div>
  )
}

function Awards({ results }: { results: SessionResults }) {
  return (
    <div style={{ display: "flex", gap: 12 }}>
      {toldAwards(results).map(({ title, why, holders }) => (
        <div key={title} style={{ ...box, flex: 1, gap: 5, padding: "12px", minWidth: 0 }}>
          <div style={{ ...display, ...oneLine, fontSize: 23, color: colours.violetText }}>{title}</div>
          <div style={{ ...oneLine, fontSize: 22 }}>{holders.map(nameOf).join(", ")}</div>
          <div style={{ ...oneLine, fontSize: 18, color: colours.muted }}>{why}</div>
        </div>
      ))}
    </div>
  )
}

function Funniest({ funniest: { promptText, original, copy } }: { funniest: FunniestSet }) {
  const fooled = copy.voters.length
  return (
    <div style={{ ...box, flex: 1, gap: 16, padding: "14px 22px", justifyContent: "center" }}>
      <div style={{ display: "block", flexShrink: 0, lineClamp: 2, fontSize: promptText.length > 40 ? 21 : 26, lineHeight: 1.2, color: colours.muted }}>{drawable(promptText, "")}</div>
      <Told badge="The original" isOriginal>{original.phrase}</Told>
      <Told badge={`${fooled} fell for ${copy.writer && !copy.isByHouse ? `a copy by ${drawable(copy.writer.name, "somebody")}` : "a copy by the house"}`} isOriginal={false}>{copy.phrase}</Told>
    </div>
  )
}

function Told({ badge, isOriginal, children }: { badge: string; isOriginal: boolean; children: string }) {
  const size = children.length > 30 ? 34 : children.length > 22 ? 42 : 50
  return (
    <div style={{ display: "flex", flexDirection: "column", flexShrink: 0, gap: 6 }}>
      <div style={{ ...display, display: "flex", alignSelf: "flex-start", fontSize: 22, padding: "3px 10px 4px", borderRadius: 6, background: isOriginal ? colours.green : colours.violet, color: isOriginal ? colours.greenInk : colours.ink }}>{badge}</div>
      <div style={{ ...display, display: "flex", fontSize: size }}>{drawable(children, "")}</div>
    </div>
  )
}

function Small({ children }: { children: ReactNode }) {
  return <div style={{ display: "flex", gap: 6, fontSize: 20, color: colours.muted }}>{children}</div>
}

const page: CSSProperties = {
  display: "flex",
  flexDirection: "column",
  gap: 28,
  padding: 40,
  color: colours.ink,
  backgroundColor: colours.ground,
  backgroundImage: "linear-gradient(115deg, rgba(124, 58, 237, 0.5) 0%, rgba(124, 58, 237, 0) 42%), linear-gradient(245deg, rgba(124, 58, 237, 0.4) 0%, rgba(124, 58, 237, 0) 36%)",
  fontFamily: textFaces,
}
const box: CSSProperties = { display: "flex", flexDirection: "column", borderRadius: 18, background: colours.surface, border: `3px solid ${colours.violet}` }
const oneLine: CSSProperties = { display: "block", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", lineClamp: 1 }

function nameOf({ name, rank }: PlayerResult): string {
  return drawable(name, `Number ${rank}`)
}

function signed(coins: number): string {
  return `${coins < 0 ? "-" : "+"}${Math.abs(coins).toLocaleString("en-US")}`
}
