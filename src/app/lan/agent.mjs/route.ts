import { agentProgram } from "@/server/lan-agent-files"

export const dynamic = "force-dynamic"

/** What `curl <party>/lan/agent.mjs` fetches. */
export function GET(): Promise<Response> {
  return agentProgram()
}
