import { restDocument } from "@/server/rest-document"

let document: ReturnType<typeof restDocument> | undefined

/** The API for programs, described for programs. Made once: it changes with the code alone. */
export function GET(): Response {
  document ??= restDocument()
  return Response.json(document)
}
