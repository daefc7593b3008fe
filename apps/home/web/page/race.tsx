import type { ReactElement } from 'react'

/** Each line lies a little lower than the one before, and its event runs at its own pace. */
const lines = [0, 1, 2, 3, 4, 5, 6] as const

/** Water in a mill race, with something that floats on each stream: a picture, and nothing else. */
export function Race(): ReactElement {
  return (
    <svg className="race" viewBox="0 0 480 360" aria-hidden="true" focusable="false">
      {lines.map((line) => (
        <g key={line} transform={`translate(0 ${48 * line + 24})`}>
          <path d={stream} />
          <path className="race-event" data-line={line} pathLength={100} d={stream} />
        </g>
      ))}
    </svg>
  )
}

const stream = 'M0 0c60 0 60-20 120-20s60 20 120 20 60-20 120-20 60 20 120 20'
