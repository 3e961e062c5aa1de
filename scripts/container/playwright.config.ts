import base from "../../playwright.config"

const { launchOptions } = base.use ?? {}
// The rehearsal's names are known to nobody else, and neither is who vouches for them.
const rehearsed = ["--host-resolver-rules=MAP *.pusher.com 127.0.0.1", "--ignore-certificate-errors"]

/** `npx playwright test --config scripts/container`: a party on processes that run already. */
export default {
  ...base,
  testDir: ".",
  testMatch: "*.hosted.ts",
  use: {
    ...base.use,
    launchOptions: { ...launchOptions, args: [...(launchOptions?.args ?? []), ...(process.env.PARTY_OS_REHEARSAL === "1" ? rehearsed : [])] },
  },
}
