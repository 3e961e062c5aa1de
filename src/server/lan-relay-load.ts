import { ok, type Result } from "@/kernel/result"
import { lanNetworkId } from "@/lan/queries"
import { relayLoadFor, type RelayLoadShown } from "@/lan/relay/load-shape"
import { embeddedRelay } from "./embedded-relay"
import type { Claims } from "./identity"
import type { AppRefusal } from "./refusal"
import { runQuery } from "./run-query"
import type { Runtime } from "./runtime"

/**
 * [LAN-91] What race control is shown of the relay, for the host alone: the answer of `GET /api/v1/lan/relay-load`, and of an
 * action in the same shape. Cheap enough to be asked every few seconds.
 */
export async function lanRelayLoad(parts: Runtime, claims: Claims): Promise<Result<RelayLoadShown, AppRefusal>> {
  const found = await runQuery(parts, lanNetworkId, claims, {})
  if (!found.ok) return found
  const here = embeddedRelay()
  if (here) return ok({ relay: "here", load: relayLoadFor(found.value.networkId, here.load()) })
  return ok({ relay: parts.env.LAN_RELAY ? "elsewhere" : "none", load: null })
}
