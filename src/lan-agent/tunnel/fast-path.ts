import type { FastPath } from "./tunnel"

export type FastPathOptions = { interfaceName: string; agentPort: number; wireGuardPort: number }
export type FastPathOpened = { fastPath: FastPath; reason: null } | { fastPath: null; reason: string }
