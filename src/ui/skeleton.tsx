import { classNames } from "./class-names"

/** The shape of what is coming; give it the height of the real thing so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div
      aria-hidden
      className={classNames(
        "min-h-6 animate-shimmer rounded-xl bg-[linear-gradient(100deg,var(--surface)_40%,var(--raised)_50%,var(--surface)_60%)] bg-[length:200%_100%]",
        className,
      )}
    />
  )
}
