import type { ReactElement } from 'react'
import type { Report } from '../play/report.ts'

const dots = ['a', 'b', 'c', 'd', 'e', 'f'] as const

/** Who is on the water, most points first. */
export function ScoreList({ report }: { readonly report: Report | undefined }): ReactElement {
  const captains = report?.captains ?? []
  return (
    <section className="card scores" aria-labelledby="scores-title">
      <h2 id="scores-title">Scores</h2>
      {captains.length === 0 && <p className="quiet">Nobody is on the water yet.</p>}
      <ol>
        {captains.map(({ id, name, hue, isBot, score, wins }) => (
          <li key={id} data-own={id === report?.id || undefined}>
            <Flag hue={hue} />
            <span className="scores-name">
              {name}
              {id === report?.id && <small> you</small>}
            </span>
            {isBot && <span className="bot">bot</span>}
            {wins > 0 && (
              <span className="wins" title="Rounds won">
                <span aria-hidden="true">★ {wins}</span>
                <span className="mr-unseen">{`${wins} won`}</span>
              </span>
            )}
            <strong>{score}</strong>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The boat's colour; the policy of the page allows no style attributes in HTML, and React sets none there. */
function Flag({ hue }: { readonly hue: number }): ReactElement {
  return <span className="flag" aria-hidden="true" style={{ backgroundColor: `hsl(${hue} 68% 55%)` }} />
}

export function Hold({ cargo }: { readonly cargo: number }): ReactElement {
  return (
    <span className="hold">
      <span className="mr-unseen">{`${cargo} of 6 sacks on board`}</span>
      {dots.map((dot, index) => (
        <i key={dot} data-full={index < cargo || undefined} />
      ))}
    </span>
  )
}
