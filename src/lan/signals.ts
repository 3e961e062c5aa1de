import { z } from "zod"
import { ok, refuse, type Refusal, type Result } from "@/kernel/result"
import { candidatesSchema, probeNonceSchema } from "./protocol"

/** [LAN-62] How long a signal waits to be fetched, ms. What is older is about a path that is gone. */
export const signalLifetimeMs = 2 * 60 * 1000
/** [LAN-61] So many living signals from one PC to another, and to one PC in all. */
export const mostFromOne = 64
const mostToOne = 1024

/** The furthest moment that two PCs agree on, ms from now. */
const furthestPunchMs = 10_000

/** [LAN-60] What one PC may tell another. Moments are told as a delay, for a PC's own clock may be wrong. */
export const signalBodyInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("offer"), candidates: candidatesSchema, probe_nonce: probeNonceSchema }),
  z.object({ kind: z.literal("punch"), in_ms: z.int().min(0).max(furthestPunchMs), attempt: z.int().min(0).max(10_000) }),
  z.object({ kind: z.literal("path"), path: z.enum(["direct", "relayed"]), attempt: z.int().min(0).max(10_000) }),
])
export type SignalBodyInput = z.infer<typeof signalBodyInput>

/** What arrives: candidates are those that the receiver may know, and a moment is the server's. */
export const signalBody = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("offer"), candidates: candidatesSchema, probe_nonce: probeNonceSchema }),
  z.object({ kind: z.literal("punch"), at: z.iso.datetime(), attempt: z.int() }),
  z.object({ kind: z.literal("path"), path: z.enum(["direct", "relayed"]), attempt: z.int() }),
])
export type SignalBody = z.infer<typeof signalBody>

/** A signal as its receiver gets it; `id` grows. */
export const signalView = z.object({ id: z.int(), from: z.string(), sent_at: z.iso.datetime(), body: signalBody })
export type SignalView = z.infer<typeof signalView>

/** [LAN-61] Whether one more may wait, by what waits already. */
export function roomForSignal(waiting: { fromOne: number; toOne: number }): Result<true, Refusal<"lan_signals_full">> {
  return waiting.fromOne < mostFromOne && waiting.toOne < mostToOne ? ok(true) : refuse("lan_signals_full")
}
