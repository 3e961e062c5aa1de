"use client"

import { Field } from "@/ui/field"
import { QrCode } from "@/ui/qr-code"
import { useWifiNote } from "./use-wifi-note"
import { wifiCode } from "./wifi-code"

/** The optional Wi-Fi of the invite sheet: two fields on the screen, a code and two lines on paper. */
export function InviteWifi() {
  const { note, setNote } = useWifiNote()
  const network = note.network.trim()
  return (
    <>
      <form className="grid gap-3 rounded-2xl border-2 border-line bg-surface p-4 sm:grid-cols-2 print:hidden" onSubmit={(event) => event.preventDefault()}>
        <Field label="Wi-Fi name (if you like)" autoComplete="off" maxLength={64} value={note.network} onChange={(event) => setNote({ ...note, network: event.target.value })} />
        <Field label="Wi-Fi password" autoComplete="off" maxLength={63} value={note.password} onChange={(event) => setNote({ ...note, password: event.target.value })} />
        <p className="text-muted sm:col-span-2">Stays in this browser. Empty: the sheet has no Wi-Fi part.</p>
      </form>
      {network !== "" && (
        <section className="flex items-center gap-8 border-t-4 border-black pt-6 text-black">
          <QrCode text={wifiCode(network, note.password)} label="Join the Wi-Fi" className="w-44 shrink-0" />
          <div className="min-w-0">
            <h2 className="text-4xl">Not on the Wi-Fi yet?</h2>
            <p className="mt-3 text-xl [overflow-wrap:anywhere]">Network <strong className="text-2xl">{network}</strong></p>
            {note.password && <p className="text-xl [overflow-wrap:anywhere]">Password <strong className="font-mono text-2xl">{note.password}</strong></p>}
          </div>
        </section>
      )}
    </>
  )
}
