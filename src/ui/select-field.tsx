import { useId, type ComponentProps, type ReactNode } from "react"
import { classNames } from "./class-names"
import { inputLook } from "./input-look"

type SelectFieldProps = ComponentProps<"select"> & { label: string; hint?: ReactNode; error?: ReactNode }

/** A labelled native select; pass `<option>`s as children. */
export function SelectField({ label, hint, error, id, className, ...rest }: SelectFieldProps) {
  const ownId = useId()
  const selectId = id ?? ownId
  const described = [hint && `${selectId}-hint`, error && `${selectId}-error`].filter(Boolean).join(" ")
  return (
    <div className="grid gap-1.5">
      <label htmlFor={selectId} className="font-semibold">{label}</label>
      <select {...rest} id={selectId} className={classNames(inputLook(Boolean(error)), className)} aria-describedby={described || undefined} aria-invalid={error ? true : undefined} />
      {hint && <p id={`${selectId}-hint`} className="text-base text-muted">{hint}</p>}
      {error && <p id={`${selectId}-error`} role="alert" className="text-base font-semibold text-danger-text"><span aria-hidden>▲ </span>{error}</p>}
    </div>
  )
}
