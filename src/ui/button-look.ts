import { classNames } from "./class-names"

/** primary: the one next thing. quiet: everything else. danger: cannot be waved away. */
export type ButtonLook = "primary" | "quiet" | "danger"
/** small is 44 px high (the least a thumb needs), normal 52, big 64. */
export type ButtonSize = "small" | "normal" | "big"

const looks: Record<ButtonLook, string> = {
  primary: "bg-accent text-on-accent shadow-[inset_0_-4px_0_rgb(0_0_0/0.28)] hover:brightness-110",
  quiet: "bg-raised text-ink shadow-[inset_0_0_0_2px_var(--control)] hover:brightness-110",
  danger: "bg-danger text-on-danger shadow-[inset_0_-4px_0_rgb(0_0_0/0.28)] hover:brightness-110",
}

const sizes: Record<ButtonSize, string> = {
  small: "min-h-11 px-4 text-lg",
  normal: "min-h-13 px-5 text-xl",
  big: "min-h-16 w-full px-6 text-3xl",
}

/** The look of a button, for a `<button>` as well as a link. */
export function buttonLook(look: ButtonLook, size: ButtonSize): string {
  return classNames(
    "display relative inline-flex items-center justify-center gap-2.5 rounded-xl text-center no-underline",
    "transition-[transform,filter] duration-100 active:translate-y-0.5 active:brightness-90",
    "aria-disabled:cursor-not-allowed aria-disabled:saturate-50 aria-disabled:opacity-70",
    looks[look],
    sizes[size],
  )
}
