/** A decision: either the answer, or a refusal with a code from a closed union. Bugs throw; they are never a Result. */
export type Result<T, R extends Refusal = Refusal> = Ok<T> | Refused<R>

export type Ok<T> = { readonly ok: true; readonly value: T }
export type Refused<R extends Refusal = Refusal> = { readonly ok: false; readonly refusal: R }

/** An expected "no". `detail` fills the blanks of the message shown to people; it never carries a secret. */
export type Refusal<Code extends string = string> = {
  readonly code: Code
  readonly detail?: Readonly<Record<string, string | number>>
}

/** The answer of a decision that went well. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value }
}

/** The answer of a decision that did not: `code` is one of its subject's closed union. */
export function refuse<Code extends string>(
  code: Code,
  detail?: Readonly<Record<string, string | number>>,
): Refused<Refusal<Code>> {
  return { ok: false, refusal: detail ? { code, detail } : { code } }
}
