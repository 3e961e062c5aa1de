import { ownSeat } from "@/games/quipflip/session-queries"
import { queryEndpoint } from "@/server/endpoint"

export const GET = queryEndpoint(ownSeat)
