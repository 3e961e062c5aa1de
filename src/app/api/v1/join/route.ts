import { ok } from "@/kernel/result"
import { joinParty } from "@/party/commands"
import { readRequestId } from "@/server/action"
import { newcomerAtDoor } from "@/server/door"
import { readJson, responding } from "@/server/endpoint"
import { sealClaim } from "@/server/identity"
import { joinBody } from "@/server/join-body"
import { addressOfRequest } from "@/server/request"
import { parseInput, runCommand } from "@/server/run-command"

/** Joining for programs: the answer carries the seat's bearer token instead of a cookie. */
export async function POST(request: Request): Promise<Response> {
  return responding("joinParty", async (parts) => {
    const json = await readJson(request)
    if (!json.ok) return json
    const body = parseInput(joinBody, json.value)
    if (!body.ok) return body
    const requestId = readRequestId(request.headers.get("idempotency-key"))
    if (!requestId.ok) return requestId
    const party = await newcomerAtDoor(parts, await addressOfRequest(parts), body.value.partyPin)
    if (!party.ok) return party
    const partyId = party.value.id
    const caller = { claims: { newcomer: { partyId } }, ...(requestId.value ? { requestId: requestId.value } : {}) }
    const joined = await runCommand(parts, joinParty, caller, { name: body.value.name })
    if (!joined.ok) return joined
    const { user } = joined.value
    return ok({ user, token: await sealClaim("guest", { partyId, guestId: user.id }, parts.env.SESSION_SECRET) })
  })
}
