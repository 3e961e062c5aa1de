import type { Metadata, Viewport } from "next"
import { headers } from "next/headers"
import type { ReactNode } from "react"
import { preload } from "react-dom"
import { themeScript } from "@/ui/theme-script"
import "@fontsource-variable/big-shoulders-display/wght"
import "@fontsource-variable/inter/wght.css"
import "./globals.css"

export const metadata: Metadata = {
  title: { default: "Party OS", template: "%s · Party OS" },
  description: "Tonight's races, bets and games.",
  applicationName: "Party OS",
  icons: { icon: "/icon.svg" },
  manifest: "/manifest.webmanifest",
  formatDetection: { telephone: false },
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  // The way on stays above the keyboard.
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#eef1fb" },
    { media: "(prefers-color-scheme: dark)", color: "#0b1020" },
  ],
}

// The browser finds fonts only when the styles are read, behind all scripts: on a slow line that is a second later.
const fonts = [
  new URL("@fontsource-variable/big-shoulders-display/files/big-shoulders-display-latin-wght-normal.woff2", import.meta.url),
  new URL("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", import.meta.url),
]

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined
  for (const font of fonts) preload(font.pathname, { as: "font", type: "font/woff2", crossOrigin: "anonymous" })
  return (
    // The script below may set data-theme before React arrives. A nonce cannot be read back from a page.
    <html lang="en" suppressHydrationWarning>
      <head>
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body className="stage">{children}</body>
    </html>
  )
}
