"use client"

import { type ReactNode, type Ref, useCallback, useEffect, useImperativeHandle, useRef, useState } from "react"
import { Switch } from "@/ui/switch"
import { useWakeLock, type WakeLockState } from "@/ui/wake-lock"

export type ScreenAwake = {
  readonly state: WakeLockState
  readonly turnOn: () => void
  readonly turnOff: () => void
  /** Holds the lock: render it where it lives as long as the screen should stay awake. */
  readonly holder: ReactNode
}

/** A wake lock that can be switched off again: the hook underneath gives its lock back when its component goes. */
export function useScreenAwake(): ScreenAwake {
  const [state, setState] = useState<WakeLockState>("off")
  const [holderNumber, setHolderNumber] = useState(0)
  const holder = useRef<Holder>(null)
  const turnOff = useCallback(() => setHolderNumber((number) => number + 1), [])
  const turnOn = useCallback(() => holder.current?.request(), [])
  return { state, turnOn, turnOff, holder: <WakeLockHolder key={holderNumber} ref={holder} onState={setState} /> }
}

/** The switch for it; where the browser cannot, it says what to do instead. */
export function ScreenAwakeSwitch({ awake }: { awake: ScreenAwake }) {
  return (
    <Switch
      label="Keep the screen on"
      hint={awake.state === "unsupported" ? "Your browser cannot do that here. Set a longer screen time in your phone’s settings." : undefined}
      checked={awake.state === "on"}
      onChange={(event) => (event.target.checked ? awake.turnOn() : awake.turnOff())}
    />
  )
}

type Holder = { request: () => void }

function WakeLockHolder({ ref, onState }: { ref: Ref<Holder>; onState: (state: WakeLockState) => void }) {
  const { state, request } = useWakeLock()
  useImperativeHandle(ref, () => ({ request: () => void request() }), [request])
  useEffect(() => onState(state), [onState, state])
  return null
}
