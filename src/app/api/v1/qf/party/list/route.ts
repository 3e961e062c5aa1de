import { quipflipRest } from "@/server/rest-quipflip"

export const GET = quipflipRest.list.handle
