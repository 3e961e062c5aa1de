import { activeImposterRound } from "@/games/imposter/queries"
import { queryEndpoint } from "@/server/endpoint"

/** The newest round with the own card: what each player's phone asks for the moment a round starts. */
export const GET = queryEndpoint(activeImposterRound)
