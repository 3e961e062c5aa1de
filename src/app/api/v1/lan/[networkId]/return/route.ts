import { lanRest } from "@/server/rest-lan"

export const POST = lanRest.comeBack.handle
