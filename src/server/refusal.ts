import type { BettingRefusal } from "@/betting/refusals"
import type { ImposterRefusal } from "@/games/imposter/refusals"
import type { QuipflipRefusal } from "@/games/quipflip/refusals"
import type { RacingRefusal } from "@/games/racing/refusals"
import type { Refusal } from "@/kernel/result"
import type { LanRefusal } from "@/lan/refusals"
import type { DeletionRefusal } from "@/party/deletion-date"
import type { PartyRefusal } from "@/party/refusals"
import type { TooManyArrivals } from "./arrival-limits"
import type { DoorGuessRefusal } from "./door"
import type { NewPartyRefusal } from "./new-party"
import type { DoorRefusal } from "./run-command"

/** Every "no" the product can say. The message table and the HTTP table below it are complete by type. */
export type AppRefusal =
  | DoorRefusal
  | DoorGuessRefusal
  | TooManyArrivals
  | Refusal<"wrong_passcode" | "party_pin_needed" | "link_not_valid">
  | PartyRefusal
  | DeletionRefusal
  | NewPartyRefusal
  | BettingRefusal
  | RacingRefusal
  | ImposterRefusal
  | QuipflipRefusal
  | LanRefusal

export type RefusalCode = AppRefusal["code"]
