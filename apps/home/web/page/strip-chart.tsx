import type { ReactElement } from 'react'
import type { Arrival } from '../pulse/arrivals.ts'

/** Units of the drawing: it is stretched to the width of its place. */
const height = 100
/** So many in a quarter of a second fill the chart: what waits during a cut of five seconds. */
const full = 120

/** Roots, since a catch-up is twenty times a quarter second's worth. */
function barHeight(count: number): number {
  return Math.min(height, height * Math.sqrt(count / full))
}

/** The last half minute, from left to right: what arrived as it was published, what had waited, where nothing could. */
export function StripChart({ bins }: { readonly bins: readonly Arrival[] }): ReactElement {
  return (
    <svg
      className="strip"
      viewBox={`0 0 ${bins.length} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label="Events per quarter of a second in the last half minute. The numbers below say the same."
    >
      {bins.map((bin, index) => (
        <Bar key={index} bin={bin} x={index} />
      ))}
    </svg>
  )
}

function Bar({ bin: { live, replayed, isAway }, x }: { readonly bin: Arrival; readonly x: number }): ReactElement {
  const [all, waited] = [barHeight(live + replayed), barHeight(replayed)]
  return (
    <>
      {isAway && <rect className="strip-away" x={x} y={0} width={1.1} height={height} />}
      {all > 0 && <rect className="strip-live" x={x + 0.14} y={height - all} width={0.72} height={all} />}
      {waited > 0 && <rect className="strip-waited" x={x + 0.14} y={height - waited} width={0.72} height={waited} />}
    </>
  )
}
