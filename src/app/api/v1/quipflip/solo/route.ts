import { soloDesk } from "@/games/quipflip/solo-queries"
import { queryEndpoint } from "@/server/endpoint"

/** Quipflip alone, for the guest who asks: what waits, the own running round, and what the own phrases brought. */
export const GET = queryEndpoint(soloDesk)
