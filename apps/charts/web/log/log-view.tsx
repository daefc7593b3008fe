import { Button, EmptyState, failureText, Field, ScrollLog, Segments, Spinner } from '@millrace/app-design'
import { useRoom } from '@millrace/react'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactElement } from 'react'
import { charts, levels } from '../../contract.ts'
import { useTitle } from '../alert/use-title.ts'
import { useAddress, usePageParts } from '../page-parts.ts'
import { filterLines } from './filter-lines.ts'
import { LogLines, type LogLine, type LogState } from './log-lines.ts'
import { LogRow } from './log-row.tsx'

const choices = levels.map((level) => ({ value: level, name: level }))
const idOf = ({ id }: LogLine): string => id
const onError = (error: unknown): void => console.error(error)

/** What all nodes say of themselves. @param names All nodes, which give colours. */
export function LogView({ names }: { readonly names: readonly string[] }): ReactElement {
  const { address } = usePageParts()
  const { level, find, hidden } = useAddress()
  const joined = useRoom(charts, 'log')
  const { room, status } = joined
  const source = useMemo(() => new LogLines(room, onError), [room])
  useEffect(() => source.open(), [source])
  useEffect(() => {
    if (status === 'joined') void source.loadOlder()
  }, [source, status])
  const state = useSyncExternalStore(source.on, source.get)
  const [held, setHeld] = useState<LogState>()
  const { lines, hasOlder, isLoading, isBroken } = held ?? state
  const rows = useMemo(() => filterLines(lines, { level, find, hidden }), [lines, level, find, hidden])
  const waiting = held ? state.lines.length - held.lines.length : 0
  const draw = useCallback((line: LogLine) => <LogRow line={line} names={names} />, [names])
  useTitle('Log', false)

  if (status === 'refused') {
    return (
      <EmptyState icon="lock" title="The log cannot be read" action={<Button onClick={joined.retry}>Try again</Button>}>
        {joined.error && failureText(joined.error)}
      </EmptyState>
    )
  }
  return (
    <>
      <div className="log-bar" role="toolbar" aria-label="Log">
        <Segments
          label="Least level"
          choices={choices}
          chosen={level}
          onChoose={(next) => address.adjust({ level: next })}
        />
        <Field
          label="Search lines"
          isLabelHidden
          placeholder="Search lines"
          type="search"
          icon="search"
          maxLength={200}
          value={find}
          onChange={({ target }) => address.adjust({ find: target.value })}
        />
        {held ? (
          <Button size="small" variant="primary" icon="play" onClick={() => setHeld(undefined)}>
            {waiting > 0 ? `Catch up, ${waiting} new` : 'Catch up'}
          </Button>
        ) : (
          <Button size="small" icon="pause" onClick={() => setHeld(state)}>
            Pause
          </Button>
        )}
        <p className="log-count">
          {rows.length === lines.length ? `${lines.length} lines` : `${rows.length} of ${lines.length} lines`}
        </p>
      </div>
      {isBroken && <p className="log-broken">This page was away for longer than lines are kept: some are missing.</p>}
      <ScrollLog
        key={`${level} ${find} ${hidden.join(' ')}`}
        label="Lines of all nodes"
        rows={rows}
        idOf={idOf}
        hasOlder={hasOlder && !held}
        isLoadingOlder={isLoading}
        onReachStart={() => void source.loadOlder()}
        empty={
          status === 'joining' || isLoading ? (
            <EmptyState title="Reading the log" action={<Spinner label="Reading" />} />
          ) : (
            <EmptyState icon="search" title="No line fits">
              {lines.length > 0 ? 'Choose a lower level, or search for less.' : 'No node has said anything yet.'}
            </EmptyState>
          )
        }
      >
        {draw}
      </ScrollLog>
    </>
  )
}
