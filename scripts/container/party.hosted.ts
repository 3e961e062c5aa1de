import { expect, test, type Browser } from "@playwright/test"
import { joinByPhone, openRaceControl, openStrangersPhone, openTv, type Phone } from "../../src/testing/browser/people"

// A party as people see it, on one process or several that run elsewhere: their addresses in PARTY_OS_AT, with spaces between.
// They allow new parties, of which one address may start three in an hour. With METRICS_TOKEN and CRON_SECRET it looks at what those open as well.
const places = (process.env.PARTY_OS_AT ?? "").split(/\s+/).filter(Boolean).map((url) => ({ baseUrl: url.replace(/\/$/, "") }))
const { METRICS_TOKEN, CRON_SECRET } = process.env
const first = places[0] ?? { baseUrl: "" }
const last = places.at(-1) ?? first

test.setTimeout(180_000)
test.beforeAll(() => {
  if (places.length === 0) throw new Error("Say where the party is: PARTY_OS_AT=\"https://party.example\"")
})

test("each process is alive and ready, and opens what is the operator's to nobody else", async ({ request }) => {
  for (const { baseUrl } of places) {
    expect((await request.get(`${baseUrl}/api/health/live`)).status()).toBe(200)
    const health = await request.get(`${baseUrl}/api/health`)
    expect([health.status(), await health.json()]).toEqual([200, { ok: true, checks: { database: "ok", migrations: "ok", realtime: "ok" } }])
    for (const path of ["/api/metrics", "/api/cron/due-work"]) {
      expect((await request.get(`${baseUrl}${path}`)).status()).toBe(404)
      expect((await request.get(`${baseUrl}${path}`, { headers: bearer("a guess") })).status()).toBe(404)
    }
    if (CRON_SECRET) expect(await (await request.get(`${baseUrl}/api/cron/due-work`, { headers: bearer(CRON_SECRET) })).json()).toEqual({ ok: true })
    if (METRICS_TOKEN) expect(await metricsOf(baseUrl)).toMatch(/^party_database_up 1$/m)
  }
})

test("a host starts a party at the landing page; guests of every process join, bet and see each lap", async ({ browser }) => {
  const before = await Promise.all(places.map(({ baseUrl }) => counted(baseUrl)))
  const { hostToken, partyPin } = await startParty(browser)
  const at = (baseUrl: string) => ({ baseUrl, partyPin, hostToken })
  const control = await openRaceControl(browser, at(first.baseUrl))
  const tv = await openTv(browser, (await control.makeTvLink()).replace(/^https?:\/\/[^/]+/, last.baseUrl))
  const phones: Phone[] = []
  for (const [index, name] of ["Ann", "Bo", "Cy", "Di"].entries()) {
    phones.push(await joinByPhone(browser, at(places[index % places.length]?.baseUrl ?? first.baseUrl), name))
  }
  await expect(tv.getByText("4 are in", { exact: false })).toBeVisible()

  await control.makeRace()
  for (const name of ["Ann", "Bo"]) {
    await control.addDriver(name)
    await expect(control.page.getByRole("button", { name: `Take ${name} out of the race` })).toBeVisible()
  }
  await control.press("Open betting")
  for (const phone of phones) {
    await phone.open("Bets")
    // Who drives bets on nobody else.
    await phone.page.getByRole("button", { name: `Bet 100 on ${phone.name === "Ann" ? "Ann" : "Bo"}` }).click()
    await phone.expectCoins(900)
  }
  for (const phone of phones) await phone.open("Racing")
  await control.enterLap("Ann", "1:25.000")
  await control.enterLap("Bo", "1:24.500")
  for (const phone of phones) await expect(phone.order()).toContainText(["Bo", "Ann"])
  for (const phone of phones) expect([phone.name, phone.complaints]).toEqual([phone.name, []])
  if (!METRICS_TOKEN) return
  const after = await Promise.all(places.map(({ baseUrl }) => counted(baseUrl)))
  const phonesOf = (place: number) => phones.filter((_phone, index) => index % places.length === place).length
  expect(after.map(({ bets }, place) => bets - (before[place]?.bets ?? 0))).toEqual(places.map((_, place) => phonesOf(place)))
  // Pusher took every event at once: no screen had to find out by asking.
  expect(after.map(({ leftEvents }, place) => leftEvents - (before[place]?.leftEvents ?? 0))).toEqual(places.map(() => 0))
})

async function startParty(browser: Browser): Promise<{ hostToken: string; partyPin: number }> {
  const page = await openStrangersPhone(browser)
  await page.goto(first.baseUrl)
  await page.getByRole("link", { name: "Start a party" }).click()
  await page.getByLabel("What is it called?").fill("Rehearsal")
  await page.getByRole("button", { name: "Start the party" }).click()
  const link = (await page.getByText("/admin/login#").textContent()) ?? ""
  const pin = await page.locator("dd", { hasText: /^\d{6}$/ }).textContent()
  await page.context().close()
  return { hostToken: link.split("#")[1] ?? "", partyPin: Number(pin) }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

async function metricsOf(baseUrl: string): Promise<string> {
  return (await fetch(`${baseUrl}/api/metrics`, { headers: bearer(METRICS_TOKEN ?? "") })).text()
}

async function counted(baseUrl: string): Promise<{ bets: number; leftEvents: number }> {
  if (!METRICS_TOKEN) return { bets: 0, leftEvents: 0 }
  const text = await metricsOf(baseUrl)
  return {
    bets: Number(/^party_commands_total\{command="placeBet",outcome="ok"\} (\d+)$/m.exec(text)?.[1] ?? 0),
    leftEvents: Number(/^party_events_published_total\{outcome="left"\} (\d+)$/m.exec(text)?.[1] ?? 0),
  }
}
