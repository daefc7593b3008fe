import { Button } from '@millrace/app-design'
import type { ReactElement } from 'react'
import { serverText, statusText } from '../pulse/texts.ts'
import type { Pulse } from '../pulse/use-pulse.ts'
import { actionsOf } from './break-actions.ts'
import { StripChart } from './strip-chart.tsx'
import { TallyView } from './tally-view.tsx'

/** The stream of numbered events, what was counted of it, and the means to break it. */
export function BreakPanel({ report, arrivals, start }: Pulse): ReactElement {
  const breaking = report?.breaking
  const server = serverText(report)
  return (
    <section className="break" id="break" aria-labelledby="break-heading" tabIndex={-1}>
      <div className="section-head">
        <h2 id="break-heading">Break it</h2>
        <p>
          The server publishes twenty numbered events a second. A client in your browser checks each number: a hole is a
          loss, a number that comes again is a repeat. Do your worst, and watch the zeros.
        </p>
      </div>
      <div className="panel">
        <div className="panel-head">
          <output className="panel-status" data-state={report?.connection ? 'connected' : 'away'}>
            {statusText(report)}
          </output>
          <p className="panel-ends">
            <span>{report?.connection === undefined ? 'no connection' : `connection ${report.connection}`}</span>
            {server !== undefined && <span>{server}</span>}
          </p>
        </div>
        <StripChart bins={arrivals.bins} />
        <ul className="legend" aria-hidden="true">
          <li data-kind="live">as it happens</li>
          <li data-kind="waited">had waited for you</li>
          <li data-kind="away">nothing could come</li>
        </ul>
        <TallyView report={report} />
        <ul className="actions">
          {actionsOf(report).map(({ kind, name, text, icon }) => (
            <li key={kind}>
              <Button
                variant={kind === 'kill' || kind === 'freeze' ? 'danger' : 'plain'}
                icon={icon}
                isBusy={breaking === kind}
                disabled={breaking !== undefined ? breaking !== kind : report?.connection === undefined}
                aria-describedby={`${kind}-text`}
                onClick={() => start(kind)}
              >
                {name}
              </Button>
              <p id={`${kind}-text`}>{text}</p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
