/** Copies a text; call it inside a tap. Works on plain http too. False when the browser allows neither way: show the text instead. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // No clipboard outside a secure context, or permission denied.
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea")
  area.value = text
  area.readOnly = true
  area.style.cssText = "position:fixed;top:0;opacity:0"
  const focused = document.activeElement
  // Inside an open modal everything else is inert and cannot be selected.
  const home = focused?.closest("dialog[open]") ?? document.body
  home.append(area)
  area.select()
  try {
    return document.execCommand("copy")
  } catch {
    return false
  } finally {
    area.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}
