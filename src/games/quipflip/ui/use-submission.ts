"use client"

import { submitSessionRoundAction } from "@/app/actions/party-logic"
import type { OpenRoundView, SessionView } from "../view"
import { useSessionCommand } from "./use-session-command"

export type Submission = {
  /** The phrase that is on its way. */
  readonly sending: string | null
  readonly problem: string | undefined
  readonly clearProblem: () => void
  /** @returns whether it was taken. */
  readonly send: (phrase: string) => Promise<boolean>
}

/** Sends what a round asks for: a phrase, or the phrase that is voted for. */
export function useSubmission(session: SessionView, round: OpenRoundView): Submission {
  const { busyPlace, problem, run, clearProblem } = useSessionCommand()

  async function send(phrase: string): Promise<boolean> {
    const { sessionId, lifecycleVersion } = session
    const { roundId } = round
    const taken = await run(
      phrase,
      (id) => submitSessionRoundAction({ sessionId, roundId, phrase, lifecycleVersion }, id),
      `submit:${roundId}:${phrase}`,
    )
    return taken !== null
  }

  return { sending: busyPlace, problem: problem?.text, clearProblem, send }
}
