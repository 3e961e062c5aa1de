import Link from "next/link"
import type { ComponentProps } from "react"
import { buttonLook, type ButtonLook, type ButtonSize } from "./button-look"
import { classNames } from "./class-names"

type ButtonLinkProps = ComponentProps<typeof Link> & { look?: ButtonLook; size?: ButtonSize }

/** A link that looks like a button: for going somewhere, never for doing something. */
export function ButtonLink({ look = "primary", size = "normal", className, ...rest }: ButtonLinkProps) {
  return <Link className={classNames(buttonLook(look, size), className)} {...rest} />
}
