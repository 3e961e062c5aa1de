/** [LAN-80] How often a PC says that it is there, ms. */
export const heartbeatMs = 25_000
/** [LAN-80] A PC that was silent so long is taken out, ms. */
export const silenceMs = 5 * 60 * 1000
/** [LAN-81] A network with nobody in it and no open invitation ends so long after the last thing that happened in it, ms. */
export const emptinessMs = 5 * 60 * 1000
/** [LAN-73] How long the log keeps what PCs were told, ms. */
export const peerEventLifetimeMs = 10 * 60 * 1000
