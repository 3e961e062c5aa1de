import { classNames } from "./class-names"

/** The look of anything a person types into or picks from; `wrong` marks a refused value. */
export function inputLook(wrong: boolean): string {
  return classNames(
    "min-h-13 w-full rounded-xl border-2 bg-sunken px-4 text-xl text-ink placeholder:text-muted",
    "focus-visible:border-accent-text focus-visible:outline-accent-text",
    wrong ? "border-danger-text" : "border-control",
  )
}
