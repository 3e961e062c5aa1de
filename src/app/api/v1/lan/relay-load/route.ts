import { lanRest } from "@/server/rest-lan"

export const GET = lanRest.relayLoad.handle
