import type { Refusal } from "@/kernel/result"

export type PartyRefusal = Refusal<
  | "name_empty"
  | "name_too_long"
  | "name_taken"
  | "name_not_for_family"
  | "no_pin_left"
  | "party_full"
  | "door_locked"
  | "party_ended"
  | "guest_unknown"
  | "guest_has_no_purse"
  | "link_unknown"
>
