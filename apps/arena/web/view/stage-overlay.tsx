import type { ReactElement } from 'react'
import type { Report } from '../play/report.ts'
import { Hold } from './score-list.tsx'

/** What stands over the water: the round, the own hold, and how the line is. */
export function StageOverlay({ report }: { readonly report: Report | undefined }): ReactElement {
  const round = report?.round
  const ping = report?.line.pingMs
  const own = report?.captains.find(({ id }) => id === report.id)
  return (
    <div className="overlay">
      <p className="overlay-round">
        {round ? `Round ${round.number}` : 'Connecting…'}
        {round && <strong role="timer">{clockText(round.secondsLeft)}</strong>}
        {ping !== undefined && <span className="overlay-ping">{Math.round(ping)} ms</span>}
      </p>
      {own && report && (
        <p className="overlay-own">
          <strong>{own.score}</strong> {own.score === 1 ? 'point' : 'points'}
          <Hold cargo={report.cargo} />
        </p>
      )}
      {round && !round.isPlaying && (
        <p className="overlay-over">
          {round.winner ? `${round.winner} won round ${round.number}` : `Round ${round.number} is over`}
        </p>
      )}
    </div>
  )
}

function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
