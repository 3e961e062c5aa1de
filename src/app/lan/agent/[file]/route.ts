import { agentNativeFile } from "@/server/lan-agent-files"

/** What an agent fetches that carries games. */
export async function GET(_request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  return agentNativeFile((await params).file)
}
