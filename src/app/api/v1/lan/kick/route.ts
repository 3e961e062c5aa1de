import { lanRest } from "@/server/rest-lan"

export const POST = lanRest.kick.handle
