"use client"

import { Moon, Sun } from "lucide-react"
import { useSyncExternalStore } from "react"
import { THEME_KEY } from "./theme-script"

/** Switches between night and daylight; the choice stays on this device and wins over its setting. */
export function ThemeToggle({ className }: { className?: string }) {
  const theme = useSyncExternalStore(subscribe, currentTheme, () => "dark" as const)
  const other = theme === "dark" ? "light" : "dark"

  return (
    <button
      type="button"
      onClick={() => choose(other)}
      aria-label={other === "light" ? "Daylight colours" : "Night colours"}
      className={`grid size-11 place-items-center rounded-xl text-muted hover:text-ink ${className ?? ""}`}
    >
      {other === "light" ? <Sun aria-hidden /> : <Moon aria-hidden />}
    </button>
  )
}

function currentTheme(): "light" | "dark" {
  const chosen = document.documentElement.dataset.theme
  if (chosen === "light" || chosen === "dark") return chosen
  return matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark"
}

function choose(theme: "light" | "dark") {
  document.documentElement.dataset.theme = theme
  try {
    localStorage.setItem(THEME_KEY, theme)
  } catch {
    // Storage is forbidden: the choice lasts as long as the page.
  }
}

function subscribe(listener: () => void) {
  const device = matchMedia("(prefers-color-scheme: light)")
  const choice = new MutationObserver(listener)
  choice.observe(document.documentElement, { attributeFilter: ["data-theme"] })
  device.addEventListener("change", listener)
  return () => {
    choice.disconnect()
    device.removeEventListener("change", listener)
  }
}
