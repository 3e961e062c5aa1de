import { AVATAR_INK, avatarLook, type AvatarLook } from "./avatar-look"
import { classNames } from "./class-names"

type AvatarProps = { id: string; name: string; size?: "small" | "normal" | "big" | "huge"; className?: string }

const sizes = { small: "size-8", normal: "size-11", big: "size-16", huge: "size-28" }

/** A person's badge. Decorative: the name always stands beside it as text. */
export function Avatar({ id, name, size = "normal", className }: AvatarProps) {
  const look = avatarLook(id, name)
  return (
    <svg aria-hidden viewBox="0 0 48 48" className={classNames("shrink-0 overflow-hidden rounded-xl", sizes[size], className)}>
      <rect width="48" height="48" fill={look.ground} />
      <g fill="none" stroke="#000" strokeOpacity="0.3" strokeWidth="5"><path d={patternPaths[look.pattern]} /></g>
      <text x="24" y="33.5" textAnchor="middle" fill={AVATAR_INK} fontSize="27" fontWeight="850" className="font-display">{look.initials}</text>
    </svg>
  )
}

const patternPaths: Record<AvatarLook["pattern"], string> = {
  stripes: "M-6 30 30-6M-6 48 48-6M6 54 54 6M24 54 54 24",
  dots: "M6 9h4M20 9h4M34 9h4M-1 23h4M13 23h4M27 23h4M41 23h4M6 37h4M20 37h4M34 37h4",
  checks: "M0 4h12M24 4h12M12 14h12M36 14h12M0 24h12M24 24h12M12 34h12M36 34h12M0 44h12M24 44h12",
  rings: "M48 48m-18 0a18 18 0 0 1 18-18M18 48a30 30 0 0 1 30-30M6 48A42 42 0 0 1 48 6",
  chevrons: "M-4 12 24 -2 52 12M-4 26 24 12 52 26M-4 40 24 26 52 40M-4 54 24 40 52 54",
  halves: "M0 26h48M0 31h48M0 36h48M0 41h48M0 46h48",
}
