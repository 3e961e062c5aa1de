import { useId, type ComponentProps, type ReactNode } from "react"
import { classNames } from "./class-names"
import { inputLook } from "./input-look"

type Shared = { label: string; hint?: ReactNode; error?: ReactNode; labelHidden?: boolean }
type FieldProps = Shared &
  (({ multiline?: false } & ComponentProps<"input">) | ({ multiline: true } & ComponentProps<"textarea">))

/** A labelled text input; hint and error are tied to it for screen readers. `multiline` makes it a textarea. */
export function Field(props: FieldProps) {
  const { label, hint, error, labelHidden = false } = props
  const ownId = useId()
  const id = props.id ?? ownId
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={labelHidden ? "sr-only" : "font-semibold"}>{label}</label>
      {props.multiline ? textarea(props, id) : input(props, id)}
      {hint && <p id={`${id}-hint`} className="text-base text-muted">{hint}</p>}
      {error && <p id={`${id}-error`} role="alert" className="text-base font-semibold text-danger-text"><span aria-hidden>▲ </span>{error}</p>}
    </div>
  )
}

function input(props: Extract<FieldProps, { multiline?: false }>, id: string) {
  const { label: _label, hint, error, labelHidden: _hidden, multiline: _multiline, className, ...rest } = props
  return <input {...rest} id={id} className={classNames(inputLook(Boolean(error)), className)} {...describedBy(id, hint, error)} />
}

function textarea(props: Extract<FieldProps, { multiline: true }>, id: string) {
  const { label: _label, hint, error, labelHidden: _hidden, multiline: _multiline, className, ...rest } = props
  return <textarea rows={3} {...rest} id={id} className={classNames(inputLook(Boolean(error)), "py-3", className)} {...describedBy(id, hint, error)} />
}

function describedBy(id: string, hint: ReactNode, error: ReactNode) {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ")
  return { "aria-describedby": ids || undefined, "aria-invalid": error ? true : undefined }
}
