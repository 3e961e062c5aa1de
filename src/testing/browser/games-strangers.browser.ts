import { expect, test, type Page } from "@playwright/test"
import { and, eq, isNull, sql } from "drizzle-orm"
import { openDatabase, type Database } from "@/db/client"
import { partyImposterRounds } from "@/db/schema/imposter"
import { lanInvitations } from "@/db/schema/lan"
import { partyUsers } from "@/db/schema/party"
import { castImposterVote, openImposterVote, startImposterRound } from "@/games/imposter/commands"
import { changeImposterSettings } from "@/games/imposter/settings-commands"
import { createSession, joinSession, setReady, startSession } from "@/games/quipflip/lobby-commands"
import { skipPhase } from "@/games/quipflip/session-commands"
import { beginSoloRound, submitSoloRound } from "@/games/quipflip/solo-commands"
import { flagPhrase } from "@/games/quipflip/solo-flag-commands"
import { createLanInvitation } from "@/lan/commands"
import { redeemLanInvitation } from "@/lan/peer-commands"
import type { Claims } from "@/server/identity"
import { runCommand } from "@/server/run-command"
import type { Runtime } from "@/server/runtime"
import { startApp, type App } from "./app"
import { expectInert, trap } from "./inert"
import { joinByPhone, openRaceControl, openTv, type Phone, type RaceControl } from "./people"
import { does, runtimeBeside } from "./runtime-beside"

let app: App
let database: Database
let runtime: Runtime
let control: RaceControl
let tv: Page
/** Ann, Bo and Cy. */
let phones: readonly Phone[]
let host: Claims
let claimsOf: Map<string, Claims>
test.setTimeout(120_000)
test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  app = await startApp()
  database = openDatabase(await app.databaseUrl())
  runtime = await runtimeBeside(app)
  control = await openRaceControl(browser, app)
  await trap(control.page)
  tv = await openTv(browser, await control.makeTvLink())
  await trap(tv)
  const made: Phone[] = []
  for (const name of ["Ann", "Bo", "Cy"]) made.push(await joinByPhone(browser, app, name, (page) => void trap(page)))
  phones = made
  const guests = await database.db.select({ id: partyUsers.id, name: partyUsers.name, partyId: partyUsers.partyId }).from(partyUsers)
  claimsOf = new Map(guests.map(({ id, name, partyId }) => [name, { guest: { partyId, guestId: id } }]))
  host = { host: { partyId: guests[0]?.partyId ?? "", linkId: null } }
})
test.afterAll(async () => {
  await runtime?.close()
  await database?.close()
  await app?.stop()
})

const markup = '"><svg onload=xss()>'
const script = "<script>xss()</script>"

test("[PTY-17] Imposter: a theme, a word, a hint and the guess typed on the phone are shown as typed, and run nothing", async () => {
  await does(runtime, changeImposterSettings, host, { category: null, theme: markup })
  await does(runtime, startImposterRound, host, {})
  await database.db.update(partyImposterRounds).set({ secretWord: script, imposterHint: `{{xss()}}${markup}` })
  const [round] = await database.db.select().from(partyImposterRounds)
  const caught = named([...claimsOf].find(([, { guest }]) => guest?.guestId === round?.imposterId)?.[0] ?? "")
  for (const { page } of [...phones, control, { page: tv }]) await page.reload()
  for (const phone of phones) {
    await phone.open("Imposter")
    await expectInert(phone.page)
  }

  await does(runtime, openImposterVote, host, {})
  const others = phones.filter(({ name }) => name !== caught.name)
  for (const { name } of phones) {
    const targetId = idOf(name === caught.name ? (others[0]?.name ?? "") : caught.name)
    await does(runtime, castImposterVote, claimsOf.get(name) ?? {}, { targetId })
  }
  const field = caught.page.getByLabel("Your one guess")
  await field.fill(markup)
  await caught.page.getByRole("button", { name: "That is it" }).click()
  for (const { page } of phones) await expectShown(page, markup, script)
  await expectShown(tv, markup, script)
  await control.press(/^Imposter/)
  await expectShown(control.page, script)
  await expect(control.page.locator(`input[value=${JSON.stringify(markup)}]`)).toHaveCount(1)
})

test("[PTY-17] Quipflip: a phrase made of markup is refused, and prompts and phrases that are some all the same are shown as they are", async () => {
  const [ann, bo, cy] = phones
  if (!ann || !bo || !cy) throw new Error("nobody came")
  await test.step("played alone, and handed to the host", async () => {
    const { round } = await does(runtime, beginSoloRound, claimsOf.get("Ann") ?? {}, { type: "PROMPT" })
    await submitAnyPhrase(round.roundId)
    await markUp()
    const copy = await does(runtime, beginSoloRound, claimsOf.get("Bo") ?? {}, { type: "COPY" })
    await bo.page.reload()
    await bo.open("Quipflip")
    await expectShown(bo.page, script)
    await does(runtime, flagPhrase, claimsOf.get("Bo") ?? {}, { roundId: copy.round.roundId })
    await control.page.reload()
    await control.press(/^Quipflip/)
    const flagged = control.page.getByRole("region", { name: "Flagged phrases" })
    await expect(flagged.getByText(script, { exact: false })).toBeVisible()
    await expect(flagged.getByText(markup, { exact: false })).toBeVisible()
    await expectInert(control.page)
  })

  await test.step("in a session, from the prompt to the results", async () => {
    const { session } = await does(runtime, createSession, claimsOf.get("Ann") ?? {}, {})
    const { sessionId } = session
    for (const name of ["Bo", "Cy"]) {
      await does(runtime, joinSession, claimsOf.get(name) ?? {}, { code: session.code })
      await does(runtime, setReady, claimsOf.get(name) ?? {}, { sessionId })
    }
    await does(runtime, startSession, claimsOf.get("Ann") ?? {}, { sessionId })
    await markUp()
    for (const { page } of phones) await page.goto(`${app.baseUrl}/party/play/${sessionId}`)
    for (const { page } of phones) await expectShown(page, markup)
    await ann.page.getByLabel("Your words").fill(markup)
    await ann.page.getByRole("button", { name: "Send it" }).click()
    await expect(ann.page.getByRole("alert").filter({ hasText: /\S/ }).first()).toBeVisible()
    await expect(ann.page.getByLabel("Your words")).toHaveValue(markup)
    await expectInert(ann.page)

    for (const shown of ["Your copy", null]) {
      await does(runtime, skipPhase, claimsOf.get("Ann") ?? {}, { sessionId })
      await markUp()
      for (const { page } of phones) await page.goto(`${app.baseUrl}/party/play/${sessionId}`)
      for (const { page } of phones) {
        if (shown) await expect(page.getByLabel(shown)).toBeVisible()
        await expectShown(page, script)
      }
    }
    await does(runtime, skipPhase, claimsOf.get("Ann") ?? {}, { sessionId })
    for (const { page } of phones) await page.goto(`${app.baseUrl}/party/results/${sessionId}`)
    for (const { page } of phones) await page.getByRole("button", { name: "Show me now" }).click()
    for (const { page } of phones) await expectShown(page, markup, script)
    await tv.reload()
    await expectShown(tv, script)
    await control.page.reload()
    await control.press(/^Quipflip/)
    await expectInert(control.page)
  })
})

test("[PTY-17] LAN: a PC called by markup is called so on phone, TV and race control", async () => {
  const ann = claimsOf.get("Ann")?.guest
  if (!ann) throw new Error("Ann did not come")
  await does(runtime, createLanInvitation, { guest: ann }, {})
  const isOpen = and(eq(lanInvitations.guestId, ann.guestId), isNull(lanInvitations.redeemedAt), isNull(lanInvitations.revokedAt))
  const [invitation] = await database.db.select().from(lanInvitations).where(isOpen)
  const lanInvitee = { partyId: ann.partyId, invitationId: invitation?.id ?? "", publicKey: "a key" }
  await does(runtime, redeemLanInvitation, { lanInvitee }, { name: markup, observedAddress: null })
  await control.page.reload()
  for (const phone of phones) {
    await phone.page.goto(`${app.baseUrl}/party/dashboard`)
    await phone.open("LAN")
    await expectShown(phone.page, markup)
  }
  await control.press(/^LAN/)
  await expectShown(control.page, markup)
  await expect(tv.getByRole("region", { name: "LAN" })).toContainText(markup)
  await expectInert(tv)
})

test("[PTY-24] a kicked guest's phone says so, and the line of a program on it that would not hang up is cut; what it asks for anew is refused", async ({ browser }) => {
  const mallory = await joinByPhone(browser, app, "Mallory")
  const { page } = mallory
  const opened = page.waitForEvent("websocket")
  await page.reload()
  const address = (await opened).url()
  const channel = `private-party-lobby@${host.host?.partyId}`
  await page.evaluate(listen, { address, channel })
  await expect.poll(() => heardBy(page)).toContain("pusher_internal:subscription_succeeded")

  await control.page.goto(`${app.baseUrl}/admin/race-control`)
  await control.page.getByRole("list", { name: "Guests" }).getByRole("button", { name: /Mallory/ }).click()
  await control.confirm("Throw out", /You can undo it/)
  await expect(page.getByRole("heading", { name: "The host closed your seat" })).toBeVisible()
  await expect.poll(() => heardBy(page)).toContain("closed 4009")
  const words = await heardBy(page)
  await joinByPhone(browser, app, "Dee")
  await expect(control.page.getByRole("list", { name: "Guests" })).toContainText("Dee")
  expect(await heardBy(page)).toEqual(words)

  await page.evaluate(listen, { address, channel })
  await expect.poll(() => heardBy(page)).toContain("refused 403")
})

/** What a program on somebody's phone would do: a line of its own to a channel, by the phone's cookies. */
function listen({ address, channel }: { address: string; channel: string }): void {
  const heard: string[] = ((window as Window & { heard?: string[] }).heard ??= [])
  const socket = new WebSocket(address)
  socket.onclose = ({ code }) => void heard.push(`closed ${code}`)
  socket.onmessage = async ({ data }: MessageEvent<string>) => {
    const { event, data: text } = JSON.parse(data) as { event: string; data: string }
    heard.push(event)
    if (event !== "pusher:connection_established") return
    const { socket_id } = JSON.parse(text) as { socket_id: string }
    const response = await fetch("/api/pusher/auth", { method: "POST", body: new URLSearchParams({ socket_id, channel_name: channel }) })
    if (!response.ok) return void heard.push(`refused ${response.status}`)
    socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel, ...((await response.json()) as object) } }))
  }
}

function heardBy(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as Window & { heard?: string[] }).heard ?? [])
}

/** All of it is to be read there, and none of it has become anything else. */
async function expectShown(page: Page, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await expect(page.getByText(text, { exact: false }).first()).toBeVisible({ timeout: 30_000 })
  await expectInert(page)
}

function named(name: string): Phone {
  const phone = phones.find((one) => one.name === name)
  if (!phone) throw new Error(`nobody is called ${name}`)
  return phone
}

function idOf(name: string): string {
  return claimsOf.get(name)?.guest?.guestId ?? ""
}

/** One that stands beside the prompt. */
async function submitAnyPhrase(roundId: string): Promise<void> {
  for (const phrase of ["PURPLE ELEPHANT", "BROKEN VIOLIN", "FROZEN PIZZA"]) {
    const sent = await runCommand(runtime, submitSoloRound, { claims: claimsOf.get("Ann") ?? {} }, { roundId, phrase })
    if (sent.ok) return
  }
  throw new Error("no phrase of the test fits")
}

/** As if the doors that let no markup in were not there: prompts and phrases are some, each another. */
async function markUp(): Promise<void> {
  await database.db.execute(sql`update party_rounds set prompt_text = ${markup} where prompt_text is not null`)
  await database.db.execute(sql`update quipflip_rounds set prompt_text = ${markup} where prompt_text is not null`)
  await database.db.execute(sql`update quipflip_rounds set phrase = ${script} || left(round_id::text, 4) where phrase is not null`)
}
