/** What the LAN is, in one picture: three houses far apart, and the PCs in them on one cable. */
export function LanPicture() {
  return (
    <svg role="img" aria-label="Three PCs in three houses, on one cable" viewBox="0 0 320 132" className="h-auto w-full">
      <g className="fill-none stroke-control" strokeWidth="4" strokeLinejoin="round" strokeLinecap="round">
        {[20, 120, 220].map((x) => <path key={x} d={`M${x} 54 L${x + 40} 18 L${x + 80} 54 M${x + 8} 48 V98 H${x + 72} V48`} />)}
      </g>
      <g className="fill-none stroke-lan-text" strokeWidth="5" strokeLinecap="round" strokeLinejoin="round">
        <path d="M60 84 V112 Q60 120 68 120 H252 Q260 120 260 112 V84 M160 84 V120" />
      </g>
      {[60, 160, 260].map((x) => (
        <g key={x}>
          <rect x={x - 20} y="54" width="40" height="26" rx="4" className="fill-lan" />
          <rect x={x - 7} y="80" width="14" height="6" className="fill-lan" />
        </g>
      ))}
      {[60, 160, 260].map((x) => <circle key={x} cx={x} cy={x === 160 ? 120 : 112} r="6" className="fill-ink" />)}
    </svg>
  )
}
