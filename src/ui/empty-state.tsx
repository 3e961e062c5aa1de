import type { ReactNode } from "react"

type EmptyStateProps = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }

/** Nothing here yet: says what will be, and how to make it so. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-3 rounded-2xl border-2 border-dashed border-line px-5 py-8 text-center">
      {icon && <div aria-hidden className="grid size-16 place-items-center rounded-full bg-accent text-on-accent [&_svg]:size-8">{icon}</div>}
      <h2 className="text-3xl">{title}</h2>
      {children && <div className="max-w-prose text-lg text-muted">{children}</div>}
      {action}
    </div>
  )
}
