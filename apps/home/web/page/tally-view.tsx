import { Icon } from '@millrace/app-design'
import type { ReactElement } from 'react'
import type { PulseReport } from '../pulse/pulse-report.ts'
import { absenceText, countText } from '../pulse/texts.ts'

/** What was counted, each with its name. */
export function TallyView({ report }: { readonly report: PulseReport | undefined }): ReactElement {
  const { received = 0, lost = 0, repeated = 0, told = 0 } = report?.tally ?? {}
  const absence = report?.absence
  return (
    <dl className="tally">
      <Count name="Received" count={received} />
      <Count name="Lost" count={lost} isFault={lost > 0} />
      <Count name="Repeated" count={repeated} isFault={repeated > 0} />
      <Count name="Told of by a gap" count={told} />
      <Count name="Reconnects" count={report?.reconnects ?? 0} />
      <div className="tally-wide">
        <dt>Last recovery</dt>
        <dd>{absence ? absenceText(absence) : 'none yet'}</dd>
      </div>
    </dl>
  )
}

interface CountProps {
  readonly name: string
  readonly count: number
  /** Undefined: it says nothing about whether all is well. */
  readonly isFault?: boolean
}

function Count({ name, count, isFault }: CountProps): ReactElement {
  return (
    <div data-tone={isFault === undefined ? undefined : isFault ? 'bad' : 'good'}>
      <dt>{name}</dt>
      <dd>
        {countText(count)}
        {isFault !== undefined && <Icon name={isFault ? 'alert' : 'check'} size="small" />}
      </dd>
    </div>
  )
}
