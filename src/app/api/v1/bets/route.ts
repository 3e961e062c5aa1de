import { placeBet } from "@/betting/commands"
import { userBets } from "@/betting/queries"
import { endpoint, queryEndpoint } from "@/server/endpoint"

export const POST = endpoint(placeBet)
export const GET = queryEndpoint(userBets)
