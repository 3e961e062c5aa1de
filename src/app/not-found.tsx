import { ButtonLink } from "@/ui/button-link"
import { Tag } from "@/ui/tag"

export const metadata = { title: "Not found" }

export default function NotFound() {
  return (
    <main className="phone-page grid min-h-dvh content-center gap-5">
      <p className="numerals text-[9rem] text-accent-text" aria-hidden>404</p>
      <Tag>Off the track</Tag>
      <h1 className="text-5xl">Nothing is on here</h1>
      <p className="text-lg text-muted">The link may be from another night. Start again with the party PIN.</p>
      <ButtonLink href="/" size="big">To the door</ButtonLink>
    </main>
  )
}
