"use client"

import { useNight } from "@/live/use-night"

/** What the players are called now. */
export function useNames(): (guestId: string) => string {
  const { night } = useNight()
  return (guestId) => night.guests.find(({ id }) => id === guestId)?.name ?? "Somebody"
}
