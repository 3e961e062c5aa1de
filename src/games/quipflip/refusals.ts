import type { Refusal } from "@/kernel/result"
import type { CopyRefusal, VoteRefusal } from "./eligibility"
import type { JoinRefusal, StartRefusal } from "./lobby"
import type { PhraseRefusal } from "./phrase-refusals"

/** Every "no" of sessions and of playing alone. The seeds' codes keep their names. */
export type QuipflipRefusal =
  | PhraseRefusal
  | JoinRefusal
  | StartRefusal
  | CopyRefusal
  | VoteRefusal
  | Refusal<
      | "session_not_found"
      | "session_over"
      | "session_not_started"
      | "session_not_over"
      | "in_another_session"
      | "too_many_sessions"
      | "no_code_left"
      | "not_in_session"
      | "left_session"
      | "player_unknown"
      | "stale_version"
      | "wrong_phase"
      | "already_submitted"
      | "votes_complete"
      | "round_not_found"
      | "own_round_running"
      | "round_over"
      | "no_prompts_available"
      | "no_phrasesets_available"
      | "insufficient_balance"
      | "choice_unknown"
      | "not_flagged"
      | "party_ended"
      | "nothing_due"
    >
