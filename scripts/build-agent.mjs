// For a build without `npm run party`: the agent that PCs of the virtual LAN fetch from the app.
import path from "node:path"
import { buildAgent } from "./party/build-agent.mjs"

await buildAgent(path.join(import.meta.dirname, ".."))
