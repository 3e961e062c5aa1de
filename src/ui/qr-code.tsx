import { qrPath } from "./qr-path"

type QrCodeProps = {
  /** What the code says, normally an absolute URL. */
  text: string
  /** What scanning it does, for those who cannot see it. */
  label: string
  className?: string
}

/**
 * A QR code, black on white in either theme because readers expect that. Render it on the server
 * (or on the TV): the encoder must not reach a phone.
 */
export function QrCode({ text, label, className }: QrCodeProps) {
  const { size, path } = qrPath(text)
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" className={className}>
      <rect width={size} height={size} rx="1.5" fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
