import { quipflipRest } from "@/server/rest-quipflip"

export const POST = quipflipRest.beginCopy.handle
