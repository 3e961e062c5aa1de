import { realtimeDoor } from "@/server/rest-realtime"

export const GET = realtimeDoor.handle
