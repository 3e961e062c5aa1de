import type { Results } from "./play-session"

/** The results as a terminal shows them. */
export function resultsText({ rankings, awards, phrasesets_summary: sets }: Results): string {
  const players = rankings.map(
    ({ rank, username, net_coins, coins_earned, coins_spent }) => `${rank}. ${username}  ${signed(net_coins)} coins (earned ${coins_earned}, spent ${coins_spent})`,
  )
  const held = [
    ["Best Writer", awards.best_writer],
    ["Top Impostor", awards.top_impostor],
    ["Sharpest Voter", awards.sharpest_voter],
  ] as const
  const awardLines = held.flatMap(([title, award]) =>
    award ? [`${title}: ${[award, ...award.shared_with].map(({ username }) => username).join(", ")} (${award.metric_value})`] : [],
  )
  const setLines = sets.flatMap(({ prompt_text, phrases }) => [
    prompt_text,
    ...phrases.map(({ role, phrase, username, voters }) => `  ${role === "original" ? "*" : " "} ${phrase} (${username ?? "the house"}): ${voters.join(", ") || "nobody"}`),
  ])
  return [...players, "", ...awardLines, "", ...setLines].join("\n")
}

function signed(coins: number): string {
  return coins > 0 ? `+${coins}` : String(coins)
}
