import { lanRest } from "@/server/rest-lan"

export const GET = lanRest.summary.handle
export const POST = lanRest.open.handle
