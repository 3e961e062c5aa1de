import { leaderboard } from "@/games/racing/queries"
import { queryEndpoint } from "@/server/endpoint"

export const GET = queryEndpoint(leaderboard)
