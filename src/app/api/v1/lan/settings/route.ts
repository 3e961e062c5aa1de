import { lanRest } from "@/server/rest-lan"

export const POST = lanRest.settings.handle
