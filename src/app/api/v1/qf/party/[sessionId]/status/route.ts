import { quipflipRest } from "@/server/rest-quipflip"

export const GET = quipflipRest.status.handle
