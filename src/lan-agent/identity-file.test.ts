import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises"
import os from "node:os"
import path from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { drawPrivateKey, folderNameOf, IdentityFile, lineHashOf, stateRoot, type Identity } from "./identity-file"

let root: string
let file: IdentityFile
const party = "http://192.168.1.5:3000"
const onDisk = () => path.join(file.folder, "identity.json")

const identity = (token = "secret token"): Identity => ({
  party,
  privateKey: drawPrivateKey().toString("base64"),
  membership: {
    ...{ networkId: "0123456789ab", networkName: "Friday", peerId: "0123456789abcdef", virtualIp: "10.66.0.3", isHost: false },
    ...{ token, tokenExpiresAt: "2026-11-22T20:00:00.000Z", lineHash: lineHashOf("A"), signalSequence: 0 },
  },
})

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "party-lan-test-"))
  file = new IdentityFile(path.join(root, "state"), party)
})
afterEach(() => rm(root, { recursive: true, force: true }))

describe("the identity on disk", () => {
  it("[LANA-10] is its owner's alone, and comes back as it was", async () => {
    expect(await file.read()).toEqual({ ok: true, value: null })
    const written = identity()
    await file.write(written)
    expect(await file.read()).toEqual({ ok: true, value: written })
    expect((await stat(onDisk())).mode & 0o777).toBe(0o600)
    expect((await stat(file.folder)).mode & 0o777).toBe(0o700)
    expect(await readdir(file.folder)).toEqual(["identity.json"])
  })

  it("[LANA-10] is readable to nobody else whatever the umask says", async () => {
    const before = process.umask(0)
    try {
      await file.write(identity())
    } finally {
      process.umask(before)
    }
    expect((await stat(onDisk())).mode & 0o777).toBe(0o600)
    expect((await stat(file.folder)).mode & 0o777).toBe(0o700)
  })

  it("[LANA-10] is the old one or the new one whenever somebody looks", async () => {
    await file.write(identity("token 0"))
    let isWriting = true
    const seen: unknown[] = []
    const looking = (async () => {
      while (isWriting) seen.push(await file.read())
    })()
    for (let count = 1; count <= 50; count += 1) await file.write(identity(`token ${count}`))
    isWriting = false
    await looking
    expect(seen.length).toBeGreaterThan(10)
    for (const each of seen) expect(each).toMatchObject({ ok: true, value: { party } })
  })

  it.each([0o604, 0o640, 0o660, 0o666])("[LANA-12] is refused when others may touch it (%o)", async (mode) => {
    await file.write(identity())
    await chmod(onDisk(), mode)
    expect(await file.read()).toMatchObject({ ok: false, refusal: { code: "identity_readable_by_others", detail: { file: onDisk() } } })
  })

  it("[LANA-12] is refused when it is damaged", async () => {
    await file.write(identity())
    for (const text of ["", "{", "{}", JSON.stringify({ ...identity(), privateKey: "short" })]) {
      await writeFile(onDisk(), text)
      expect(await file.read()).toMatchObject({ ok: false, refusal: { code: "identity_unreadable" } })
    }
  })

  it("[LANA-12] is not read through a link", async () => {
    await file.write(identity())
    const elsewhere = path.join(root, "elsewhere.json")
    await writeFile(elsewhere, JSON.stringify(identity()), { mode: 0o600 })
    await rm(onDisk())
    await symlink(elsewhere, onDisk())
    expect(await file.read()).toMatchObject({ ok: false, refusal: { code: "identity_not_ours" } })
  })

  it("[LANA-50] leaves nothing of the key when it is removed", async () => {
    await file.write(identity())
    await file.remove()
    await file.remove()
    expect(await file.read()).toEqual({ ok: true, value: null })
    expect(await readdir(file.folder)).toEqual([])
  })

  it("[LANA-13] holds the line's hash and not the line", async () => {
    const line = "0123456789ABCDEFGHJKMNPQRS"
    const one = identity()
    await file.write({ ...one, membership: { ...one.membership, lineHash: lineHashOf(line) } })
    expect(await readFile(onDisk(), "utf8")).not.toContain(line)
  })

  it("[LANA-11] every party has a folder of its own, of a name that is one everywhere", () => {
    const names = ["http://a:1", "http://a:2", "https://a:1", "http://[2001:db8::1]:3000", "http://a.b"].map(folderNameOf)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z0-9._-]+$/i)
  })

  it("[LANA-11] root's is the machine's, everybody else's in their home, and a setting goes first", () => {
    expect(stateRoot({}, true)).toBe("/var/lib/party-lan")
    expect(stateRoot({}, false)).toBe(path.join(os.homedir(), ".party-lan"))
    expect(stateRoot({ PARTY_LAN_STATE_DIR: "/elsewhere" }, true)).toBe("/elsewhere")
  })

  it("[LANA-10] draws another key each time", () => {
    const keys = new Set(Array.from({ length: 20 }, () => drawPrivateKey().toString("hex")))
    expect(keys.size).toBe(20)
    for (const key of keys) expect(key).toHaveLength(64)
  })
})
