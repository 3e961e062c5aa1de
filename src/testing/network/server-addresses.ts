/** The two addresses of the internet's server: STUN on both, and on the first the party app and its relay. */
export const serverAddresses = ["198.51.100.1", "198.51.100.2"] as const
