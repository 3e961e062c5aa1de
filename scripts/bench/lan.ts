import { networkTestsCanRun } from "@/testing/network/network-tests-can-run"
import { bundleProgram } from "@/testing/network/network-program"
import type { RouterKind } from "@/testing/network/routers"
import type { Effort, Felt } from "./lan-measure"
import { overlays, type Overlay } from "./lan-overlays"
import { measureBare, measureOverlay, missingPrograms } from "./lan-pairs"
import { measureJoins, measureParty, pairRouters, withLanStage, type LanStage, type PairJoins } from "./lan-party"
import { atLeast, msText, shareText, type Aim, type Line } from "./report"
import { median, percentile } from "./statistics"

export type LanPlan = Effort & {
  /** Every program, and Party LAN in every way, so often; the medians count. */
  readonly rounds: number
  /** Joins for every pair of routers. */
  readonly joins: number
}

const pairs = [
  { words: "port-restricted both", routers: ["port_restricted", "port_restricted"] },
  { words: "symmetric both", routers: ["symmetric", "symmetric"] },
] as const satisfies readonly { words: string; routers: readonly [RouterKind, RouterKind] }[]

/** [LANU-12] Homes out of namespaces: other programs, Party LAN in its three ways, and its joins behind every pair of routers. */
export async function measureLan(plan: LanPlan): Promise<Line[]> {
  const missing = networkTestsCanRun()
  if (missing) return [{ what: "virtual LAN", measured: "SKIPPED", baseline: `needs ${missing}` }]
  const echo = await bundleProgram("scripts/bench/lan-echo.ts")
  try {
    const bare = medianOf(await repeated(plan.rounds, () => measureBare(plan)))
    const others = await measureOthers(plan, echo.file, bare)
    return [lineOf("bare wires, routed", bare, bare), ...others.lines, ...(await withLanStage(echo.file, (stage) => measureOurs(plan, stage, bare, others.wireGuard)))]
  } finally {
    await echo.remove()
  }
}

type Others = { lines: Line[]; wireGuard: Felt | null }

async function measureOthers(plan: LanPlan, echoFile: string, bare: Felt): Promise<Others> {
  const others: Others = { lines: [], wireGuard: null }
  for (const { words, routers } of pairs) {
    for (const overlay of overlays) {
      const what = `${overlay.name}, ${words}`
      const missing = missingPrograms(overlay)
      if (missing.length > 0) {
        others.lines.push({ what, measured: "SKIPPED", baseline: `needs ${missing.join(", ")}` })
        continue
      }
      const found = await measuredOften(overlay, routers, plan, echoFile)
      if (found.length > 0 && overlay === overlays[0]) others.wireGuard = medianOf(found)
      others.lines.push(found.length > 0 ? lineOf(what, medianOf(found), bare) : { what, measured: "no connection in 20 s", baseline: feltText(bare) })
    }
  }
  return others
}

async function measuredOften(overlay: Overlay, routers: readonly [RouterKind, RouterKind], plan: LanPlan, echoFile: string): Promise<Felt[]> {
  const first = await measureOverlay(overlay, routers, echoFile, plan)
  // What does not get through once has no way at all; there is no point in waiting for it again and again.
  if (first === null) return []
  const more = await repeated(plan.rounds - 1, () => measureOverlay(overlay, routers, echoFile, plan))
  return [first, ...more.filter((felt) => felt !== null)]
}

async function measureOurs(plan: LanPlan, stage: LanStage, bare: Felt, wireGuard: Felt | null): Promise<Line[]> {
  const ways = [
    { words: "Party LAN direct, handed over, port-restricted both", way: { routers: pairs[0].routers, hasFastPath: true } },
    { words: "Party LAN direct, proxy only, port-restricted both", way: { routers: pairs[0].routers, hasFastPath: false } },
    { words: "Party LAN relayed, symmetric both", way: { routers: pairs[1].routers, hasFastPath: true } },
  ] as const
  const lines: Line[] = []
  for (const { words, way } of ways) {
    const ours = medianOf(await repeated(plan.rounds, () => measureParty(stage, way, plan)))
    const share = wireGuard ? ours.tcpMbits / wireGuard.tcpMbits : null
    const aim = way.routers === ways[0].way.routers && way.hasFastPath && share !== null ? atLeast(share, 0.9, "90 % of plain wireguard-go's TCP") : undefined
    lines.push({ ...lineOf(words, ours, wireGuard ?? bare, aim), ...(share === null ? {} : { compared: `${shareText(share)} of its TCP` }) })
  }
  for (const routers of pairsOf(pairRouters)) lines.push(joinsLine(await measureJoins(stage, routers, plan.joins)))
  return lines
}

function joinsLine({ routers, expected, joins, direct, relayed, failed, firstAnswersMs }: PairJoins): Line {
  const asExpected = expected === "direct" ? direct : relayed
  const p = (share: number) => (firstAnswersMs.length > 0 ? msText(percentile(firstAnswersMs, share)) : "–")
  return {
    what: `${joins} joins, ${routers.join(" – ")}`,
    measured: `${direct} direct, ${relayed} relayed, ${failed} neither; first answer median ${p(0.5)} p90 ${p(0.9)} worst ${p(1)} ms`,
    baseline: `RFC 5128: ${expected}`,
    compared: shareText(asExpected / joins),
    aim: { words: "every one as RFC 5128 says", isMet: asExpected === joins },
  }
}

function pairsOf<T>(kinds: readonly T[]): (readonly [T, T])[] {
  return kinds.flatMap((one, index) => kinds.slice(index).map((other) => [one, other] as const))
}

async function repeated<T>(times: number, measure: () => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let round = 0; round < times; round++) results.push(await measure())
  return results
}

function medianOf(all: readonly Felt[]): Felt {
  const firsts = all.flatMap(({ firstAnswerMs }) => (firstAnswerMs === null ? [] : [firstAnswerMs]))
  return {
    firstAnswerMs: firsts.length > 0 ? median(firsts) : null,
    roundTripMs: median(all.map(({ roundTripMs }) => roundTripMs)),
    tcpMbits: median(all.map(({ tcpMbits }) => tcpMbits)),
  }
}

function lineOf(what: string, felt: Felt, bare: Felt, aim?: Aim): Line {
  const compared = felt === bare ? {} : { compared: `${(felt.roundTripMs - bare.roundTripMs).toFixed(2)} ms more` }
  return { what, measured: feltText(felt), baseline: feltText(bare), ...compared, ...(aim ? { aim } : {}) }
}

function feltText({ firstAnswerMs, roundTripMs, tcpMbits }: Felt): string {
  const first = firstAnswerMs === null ? "" : `first answer ${msText(firstAnswerMs)} ms, `
  return `${first}RTT ${roundTripMs.toFixed(2)} ms, TCP ${tcpMbits.toFixed(0)} Mbit/s`
}
