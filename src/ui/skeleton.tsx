import { classNames } from "./class-names"

/** The shape of what is coming; give it the height of the real thing so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden className={classNames("shimmer min-h-6 rounded-xl", className)} />
  )
}
