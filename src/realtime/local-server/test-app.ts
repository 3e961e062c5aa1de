import type { AppCredentials } from "./signature"

/** The app the tests' servers serve. */
export const app: AppCredentials = { appId: "4711", key: "party-key", secret: "party-secret" }
