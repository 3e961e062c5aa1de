import { submitLapTime } from "@/games/racing/commands"
import { endpoint } from "@/server/endpoint"

export const POST = endpoint(submitLapTime)
