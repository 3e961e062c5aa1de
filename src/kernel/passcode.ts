import { randomBytes, scrypt, timingSafeEqual } from "node:crypto"

// OWASP's floor for scrypt: 2^17 would take 128 MiB for every guess, too much for a laptop that also runs the party.
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const keyBytes = 32

/** The hash the database keeps of a host's passcode: `scrypt$<salt>$<key>`, both hex [PTY-7]. */
export async function hashPasscode(passcode: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(passcode, salt)
  return `scrypt$${salt.toString("hex")}$${key.toString("hex")}`
}

/** Whether this is the passcode. Takes the same time whatever is wrong with it [PTY-7]. */
export async function isPasscode(passcode: string, hash: string): Promise<boolean> {
  const [, salt = "", key = ""] = hash.split("$")
  const expected = Buffer.from(key, "hex")
  const derived = await derive(passcode, Buffer.from(salt, "hex"))
  return expected.length === derived.length && timingSafeEqual(derived, expected)
}

// Case and separators are noise: the passcode is read off a terminal and typed on another keyboard.
function derive(passcode: string, salt: Buffer): Promise<Buffer> {
  const typed = passcode.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase()
  return new Promise((resolve, reject) => {
    scrypt(typed, salt, keyBytes, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
