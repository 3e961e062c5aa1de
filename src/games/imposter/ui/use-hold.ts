"use client"

import { type KeyboardEvent, type PointerEvent, type SyntheticEvent, useEffect, useEffectEvent, useState } from "react"

/** How long a press without a hand behind it holds (a screen reader's double tap): ms. */
const pressedForMs = 5000

const isHoldKey = (key: string) => key === " " || key === "Enter"

/**
 * Something is held for as long as a finger, Space or Enter is down on the button, and not a moment longer: also not
 * when the finger slips, the focus goes or the page is hidden.
 * @returns whether it is held, and what the button needs.
 */
export function useHold(onHold: () => void) {
  const [isHeld, setIsHeld] = useState(false)
  const [isPressed, setIsPressed] = useState(false)
  const onHoldNow = useEffectEvent(onHold)
  const isOn = isHeld || isPressed

  function letGo() {
    setIsHeld(false)
    setIsPressed(false)
  }

  useEffect(() => {
    if (!isOn) return
    onHoldNow()
    const away = ["blur", "pagehide"] as const
    away.forEach((event) => window.addEventListener(event, letGo))
    document.addEventListener("visibilitychange", letGo)
    return () => {
      away.forEach((event) => window.removeEventListener(event, letGo))
      document.removeEventListener("visibilitychange", letGo)
    }
  }, [isOn])

  useEffect(() => {
    if (!isPressed) return
    const timer = setTimeout(letGo, pressedForMs)
    return () => clearTimeout(timer)
  }, [isPressed])

  const buttonProps = {
    onPointerDown(event: PointerEvent<HTMLButtonElement>) {
      if (event.pointerType === "mouse" && event.button !== 0) return
      // A finger that slips off still says when it is lifted.
      event.currentTarget.setPointerCapture?.(event.pointerId)
      setIsHeld(true)
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
    onLostPointerCapture: letGo,
    onBlur: letGo,
    onKeyDown(event: KeyboardEvent) {
      if (event.key === "Escape") return letGo()
      if (!isHoldKey(event.key)) return
      // Otherwise the browser makes a click of it.
      event.preventDefault()
      setIsHeld(true)
    },
    onKeyUp(event: KeyboardEvent) {
      if (!isHoldKey(event.key)) return
      event.preventDefault()
      letGo()
    },
    onClick(event: SyntheticEvent<HTMLButtonElement, MouseEvent>) {
      // Zero clicks: neither finger nor mouse.
      if (event.nativeEvent.detail === 0) setIsPressed(true)
    },
    onContextMenu: (event: SyntheticEvent) => event.preventDefault(),
    onDragStart: (event: SyntheticEvent) => event.preventDefault(),
  }
  return { isHeld: isOn, buttonProps }
}
