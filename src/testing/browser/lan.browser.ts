import { generateKeyPairSync } from "node:crypto"
import { expect, test, type Page } from "@playwright/test"
import { proveKey, publicKeyOf } from "@/lan/key-proof"
import { startApp, type App } from "./app"
import { answerYes, complaintsOf, expectAccessible, joinByPhone, openRaceControl, openStrangersPhone, openTv } from "./people"
import { recordEverything, type Recorder } from "./recorder"

type Json = Record<string, unknown>
type Pc = { readonly id: string; readonly virtualIp: string; post(path: string, body: Json): Promise<Response> }

let app: App
test.beforeAll(async () => {
  app = await startApp()
})
test.afterAll(() => app.stop())
test.setTimeout(180_000)

test("the LAN of a party: two phones, TV, race control, a PC's browser, and three PCs that join by their lines", async ({ browser }) => {
  const recorders = new Map<string, Recorder>()
  const control = await openRaceControl(browser, app)
  recorders.set("race control", recordEverything(control.page))
  const tv = await openTv(browser, await control.makeTvLink())
  recorders.set("TV", recordEverything(tv))
  const ann = await joinByPhone(browser, app, "Ann")
  const bo = await joinByPhone(browser, app, "Bo", (page) => recorders.set("Bo", recordEverything(page)))
  // What a screen was told before it was listened to is told again.
  await Promise.all([control.page.reload(), tv.reload()])
  const secrets: string[] = []
  let annsPc: Pc
  let bosPc: Pc

  await test.step("[LAN-20] Ann makes a line with one tap, and no other screen is told of it", async () => {
    await ann.open("LAN")
    await expect(ann.page.getByRole("img", { name: /on one cable/ })).toBeVisible()
    await expectAccessible(ann.page)
    await ann.page.getByRole("button", { name: "Play from my PC" }).dblclick()
    secrets.push(await invitationOn(ann.page))
    await expect(ann.page.getByRole("button", { name: "Copy the line" })).toBeInViewport()
    await expectAccessible(ann.page)
    await expect(tv.getByRole("region", { name: "LAN" })).toBeHidden()
  })

  await test.step("the line is still there after a look at another tab, and copies on plain http", async () => {
    await ann.open("Racing")
    await ann.open("LAN")
    expect(await invitationOn(ann.page)).toBe(secrets[0])
    await ann.page.getByRole("button", { name: "Copy the line" }).click()
    await expect(ann.page.getByRole("button", { name: "Copied" })).toBeVisible()
  })

  await test.step("[LAN-22] the link shows the same line in the PC's browser, and sends the invitation to nobody", async () => {
    const pc = await openStrangersPhone(browser)
    const complaints = complaintsOf(pc)
    const asked: string[] = []
    pc.on("request", (request) => asked.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ""}`))
    await pc.goto(`${app.baseUrl}/lan#${secrets[0]}`)
    expect(await invitationOn(pc)).toBe(secrets[0])
    expect(pc.url()).toBe(`${app.baseUrl}/lan`)
    await expectAccessible(pc)
    await pc.goto("about:blank")
    await pc.goto(`${app.baseUrl}/lan#nonsense'`)
    await expect(pc.getByText(/not whole/)).toBeVisible()
    await expectAccessible(pc)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter((text) => text.includes(secrets[0] ?? ""))).toEqual([])
    expect(complaints).toEqual([])
    await pc.context().close()
  })

  await test.step("[LAN-71] Ann's PC joins by it: phones, TV and race control show it at once", async () => {
    annsPc = await joinWith(secrets[0] ?? "")
    await expect(ann.page.getByText("Your PC is in")).toBeVisible()
    await expect(ann.page.getByLabel("The line for the PC")).toBeHidden()
    await bo.open("LAN")
    await expect(rowOf(bo.page, "Ann")).toContainText(annsPc.virtualIp)
    await expect(tv.getByRole("region", { name: "LAN" })).toContainText("Ann")
    await control.press(/^LAN/)
    await expect(rowOf(control.page, "Ann")).toContainText("Just in")
  })

  await test.step("[LAN-3] the host's own PC has 10.66.0.1, and Bo comes in too", async () => {
    await control.press("Play from this laptop")
    secrets.push(await invitationOn(control.page))
    expect((await joinWith(secrets[1] ?? "")).virtualIp).toBe("10.66.0.1")
    await expect(control.page.getByRole("button", { name: "Play from this laptop" })).toBeHidden()
    await bo.page.getByRole("button", { name: "Play from my PC" }).click()
    secrets.push(await invitationOn(bo.page))
    bosPc = await joinWith(secrets[2] ?? "")
    await expect(tv.getByRole("region", { name: "LAN" })).toContainText("3 PCs")
  })

  await test.step("[LAN-52] [LAN-53] reports of a path change every screen", async () => {
    await report(annsPc, bosPc, "direct", 12.4)
    for (const page of [ann.page, bo.page, control.page]) await expect(rowOf(page, "Ann")).toContainText("Direct12 ms")
    await report(annsPc, bosPc, "relayed", 61)
    await report(bosPc, annsPc, "failed", null)
    for (const page of [ann.page, bo.page, control.page]) {
      await expect(rowOf(page, "Ann")).toContainText("Relayed61 ms")
      await expect(rowOf(page, "Bo")).toContainText("No path")
    }
    await expect(tv.getByRole("region", { name: "LAN" })).toContainText("1 relayed")
    for (const screen of [ann.page, tv, control.page]) await expectAccessible(screen)
  })

  await test.step("beside something else the TV says it in the corner", async () => {
    await tv.goto(`${app.baseUrl}/party/tv?view=table`)
    await expect(tv.getByRole("region", { name: "LAN" })).toContainText("3 PCs")
    await expectAccessible(tv)
    await tv.goto(`${app.baseUrl}/party/tv`)
  })

  await test.step("what a phone missed in a tunnel it shows again by itself", async () => {
    await ann.context.setOffline(true)
    await report(annsPc, bosPc, "direct", 8)
    await ann.context.setOffline(false)
    await ann.page.evaluate(() => window.dispatchEvent(new Event("online")))
    await expect(rowOf(ann.page, "Ann")).toContainText("Direct8 ms")
  })

  await test.step("[LAN-33] the host kicks Bo's PC: it is out everywhere, its token void, Bo told why, and back when the host lets it", async () => {
    await kick(control.page, "Bo")
    for (const page of [ann.page, bo.page, control.page]) await expect(rowOf(page, "Bo")).toHaveCount(0)
    await expect(tv.getByRole("region", { name: "LAN" })).toContainText("2 PCs")
    expect((await bosPc.post("heartbeat", {})).status).toBe(403)
    await bo.page.getByRole("button", { name: "Play from my PC" }).click()
    await expect(bo.page.getByText("Ask the host to let you back in")).toBeVisible()
    await control.page.getByRole("button", { name: "Let back in" }).click()
    await expect(control.page.getByRole("button", { name: "Let back in" })).toBeHidden()
    await bo.page.getByRole("button", { name: "Play from my PC" }).click()
    secrets.push(await invitationOn(bo.page))
    await expectAccessible(control.page)
  })

  await test.step("[LAN-82] the host closes it, and every screen is as before", async () => {
    await control.confirm("Close the LAN", "Every PC is out")
    await expect(control.page.getByText("No network")).toBeVisible()
    await expect(tv.getByRole("region", { name: "LAN" })).toBeHidden()
    await expect(ann.page.getByRole("button", { name: "Play from my PC" })).toBeVisible()
    expect((await annsPc.post("heartbeat", {})).status).toBe(410)
  })

  await test.step("[LAN-21] [LAN-71] no screen was sent another's invitation, nor any PC's key, token or endpoint", async () => {
    const own = new Map([["race control", [secrets[1]]], ["Bo", [secrets[2], secrets[3]]], ["TV", []]])
    for (const [who, recorder] of recorders) {
      const text = await recorder.received()
      expect([who, text.includes("lan-changed")]).toEqual([who, true])
      for (const secret of secrets.filter((one) => !own.get(who)?.includes(one))) expect([who, text.includes(secret)]).toEqual([who, false])
      expect([who, /public_?key"|tokenHash|203\.0\.113\.77|probe_?nonce/i.test(text.replaceAll("NEXT_PUBLIC", ""))]).toEqual([who, false])
    }
  })
  expect([...ann.complaints, ...bo.complaints].filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text))).toEqual([])
})

async function invitationOn(page: Page): Promise<string> {
  const line = (await page.getByLabel("The line for the PC").textContent()) ?? ""
  const found = /^curl -fsSo party-lan\.mjs http:\/\/127\.0\.0\.1:\d+\/lan\/agent\.mjs && sudo node party-lan\.mjs join 'http:\/\/127\.0\.0\.1:\d+\/lan#([0-9A-Z]{26})'$/.exec(line)
  expect(found, line).not.toBeNull()
  return found?.[1] ?? ""
}

const rowOf = (page: Page, name: string) => page.getByRole("list", { name: "PCs on the LAN" }).getByRole("listitem").filter({ hasText: new RegExp(`^${name}`) })

/** A PC with a key of its own, which comes in as the agent does, by HTTP. */
async function joinWith(invitation: string): Promise<Pc> {
  const der = generateKeyPairSync("x25519").privateKey.export({ type: "pkcs8", format: "der" })
  const privateKey = der.subarray(-32)
  const publicKey = publicKeyOf(privateKey)
  const { server_public_key, nonce } = (await (await fetch(`${app.baseUrl}/api/v1/lan/challenge`)).json()) as { server_public_key: string; nonce: string }
  const proof = proveKey(privateKey, server_public_key, { nonce, invitation, publicKey })
  const endpoint = { address: "203.0.113.77", port: 4000 }
  const joined = await send("join", { invitation, public_key: publicKey, nonce, proof, endpoint })
  expect(joined.status).toBe(200)
  const { token, network, peer } = (await joined.json()) as { token: string; network: { id: string }; peer: { id: string; virtual_ip: string } }
  return { id: peer.id, virtualIp: peer.virtual_ip, post: (path, body) => send(`${network.id}/${path}`, body, token) }
}

function send(path: string, body: Json, token?: string): Promise<Response> {
  const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) }
  return fetch(`${app.baseUrl}/api/v1/lan/${path}`, { method: "POST", headers, body: JSON.stringify(body) })
}

async function report(from: Pc, to: Pc, type: "direct" | "relayed" | "failed", latencyMs: number | null): Promise<void> {
  const told = await from.post("heartbeat", { links: [{ peer_id: to.id, connection_type: type, latency_ms: latencyMs }] })
  expect(told.status).toBe(200)
}

async function kick(page: Page, name: string): Promise<void> {
  const row = rowOf(page, name)
  await row.getByRole("button", { name: "Kick" }).click()
  await answerYes(row, "Take it out?")
  await expect(row).toHaveCount(0)
}
