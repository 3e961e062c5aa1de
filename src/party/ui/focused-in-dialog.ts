/**
 * A `ref` for what a dialog should focus when it opens. React's `autoFocus` acts before `showModal`, which then moves on to
 * the first control; the attribute is what `showModal` looks for.
 */
export function focusedInDialog(node: HTMLElement | null): void {
  node?.setAttribute("autofocus", "")
}
