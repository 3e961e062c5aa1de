import { expect, type Page } from "@playwright/test"

/** Whatever runs in this page that should not is counted. A function by the name that markup calls is there for it. */
export async function trap(page: Page): Promise<void> {
  page.on("dialog", (dialog) => void dialog.dismiss())
  await page.addInitScript(() => {
    Object.assign(window, { ran: 0, xss: () => void (window as Window & { ran?: number }).ran!++ })
  })
}

/** Nothing of what somebody typed has become a handler, a link or a script, and nothing ran. */
export async function expectInert(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    ran: (window as Window & { ran?: number }).ran ?? 0,
    handlers: [...document.querySelectorAll("*")].flatMap(({ attributes }) => [...attributes]).filter(({ name }) => /^on/i.test(name)).length,
    links: [...document.querySelectorAll("a[href], form[action], [src]")].filter((one) => /^\s*javascript:/i.test(one.getAttribute("href") ?? one.getAttribute("action") ?? one.getAttribute("src") ?? "")).length,
    foreign: [...document.querySelectorAll("script")].filter((script) => script.textContent.trim() === "xss()").length,
  }))
  expect(found).toEqual({ ran: 0, handlers: 0, links: 0, foreign: 0 })
}
