"use server"

import type { Answer } from "@/kernel/answer"
import { ok, type Result } from "@/kernel/result"
import { doing } from "@/server/action"
import { partyAtDoor } from "@/server/door"
import type { AppRefusal } from "@/server/refusal"
import { addressOfRequest } from "@/server/request"

/** Which party a PIN is for, so that a guest sees where they are before they give a name. A wrong PIN counts as a guess [PTY-6]. */
export async function partyOfPinAction(partyPin: string): Promise<Answer<{ partyName: string }>> {
  return doing("partyOfPin", async (parts): Promise<Result<{ partyName: string }, AppRefusal>> => {
    const party = await partyAtDoor(parts, await addressOfRequest(parts), partyPin)
    return party.ok ? ok({ partyName: party.value.name }) : party
  })
}
