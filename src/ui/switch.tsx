import type { ComponentProps, ReactNode } from "react"

type SwitchProps = Omit<ComponentProps<"input">, "type" | "role"> & { label: string; hint?: ReactNode }

/** On or off, at once (door lock, a setting of a lobby). A checkbox underneath, so it also works in a plain form. */
export function Switch({ label, hint, ...rest }: SwitchProps) {
  return (
    <label className="flex min-h-13 cursor-pointer items-center justify-between gap-4">
      <span>
        <span className="block font-semibold">{label}</span>
        {hint && <span className="block text-base text-muted">{hint}</span>}
      </span>
      <span className="relative shrink-0">
        <input {...rest} type="checkbox" role="switch" className="peer h-11 w-19 cursor-pointer appearance-none rounded-full border-2 border-control bg-sunken checked:border-accent checked:bg-accent" />
        <span aria-hidden className="pointer-events-none absolute top-2 left-2 size-7 rounded-full bg-control transition-transform peer-checked:translate-x-8 peer-checked:bg-on-accent" />
      </span>
    </label>
  )
}
