import { lanRest } from "@/server/rest-lan"

export const GET = lanRest.signals.handle
export const POST = lanRest.signal.handle
