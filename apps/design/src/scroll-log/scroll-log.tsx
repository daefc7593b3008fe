import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, type ReactElement } from 'react'
import { Virtualizer, type VirtualizerHandle } from 'virtua'
import { Spinner } from '../spinner.tsx'
import { JumpButton } from './jump-button.tsx'
import type { ScrollLogProps } from './scroll-log-props.ts'
import { useDrawnRows } from './use-drawn-rows.tsx'
import { useEnd } from './use-end.ts'
import { useNewCount } from './use-new-count.ts'
import { useReachStart } from './use-reach-start.ts'
import { useRowFocus } from './use-row-focus.ts'
import { useShift } from './use-shift.ts'

/** What is drawn beyond the window on either side, so that a fast flick shows no holes, px. */
const bufferPx = 300

/**
 * A log of any length, of which only what is in view is in the page. It stays at the end while the reader is there, and
 * where they are while rows come in front or below.
 */
export function ScrollLog<Row>(props: ScrollLogProps<Row>): ReactElement {
  const { ref, label, rows, idOf, children, onAtEnd, isFollowed, empty } = props
  const { hasOlder = false, isLoadingOlder = false, onReachStart, isCounted } = props
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualizerHandle>(null)
  const shown = useShift(rows, idOf)
  const end = useEnd(scroller)
  const newCount = useNewCount(rows, idOf, end.isAtEnd, isCounted)
  const { stick, keep, look, isAtEnd } = end
  const focus = useRowFocus(scroller, list, shown.ids, end)
  const lookAtStart = useReachStart(scroller, hasOlder && !isLoadingOlder, shown.ids[0], onReachStart)

  const last = rows.at(-1)
  const lastId = last === undefined ? undefined : idOf(last)
  const followed = useRef(lastId)
  useLayoutEffect(() => {
    const isNew = followed.current !== lastId
    followed.current = lastId
    if (isNew && last !== undefined && isFollowed?.(last)) stick()
    else keep()
  }, [shown, last, lastId, isFollowed, stick, keep])
  useEffect(() => onAtEnd?.(isAtEnd), [isAtEnd, onAtEnd])

  useImperativeHandle(ref, () => ({
    showRow: (id) => focus.focusRow(shown.ids.indexOf(id)),
  }))
  const { settle } = focus
  // The list has its new size by then, and nothing was painted yet.
  const onResize = useCallback(
    () =>
      queueMicrotask(() => {
        keep()
        settle()
      }),
    [keep, settle],
  )
  const draw = useDrawnRows(shown.rows, idOf, children)

  return (
    <div className="mr-log">
      {/* Rows that scrolling brings into the page are not news: they are announced only at the end. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys go through its rows */}
      <div
        ref={scroller}
        className="mr-log-scroll"
        role="log"
        aria-label={label}
        aria-live={isAtEnd ? 'polite' : 'off'}
        aria-busy={isLoadingOlder}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard has to scroll it
        tabIndex={0}
        onFocus={({ target }) => focus.onFocus(target)}
        onKeyDown={focus.onKeyDown}
      >
        {rows.length === 0 ? (
          <div className="mr-log-empty">{empty}</div>
        ) : (
          <>
            <div className="mr-log-space" />
            <Virtualizer
              ref={list}
              scrollRef={scroller}
              data={shown.rows}
              shift={shown.isShifted}
              bufferSize={bufferPx}
              keepMounted={focus.keptIndex === -1 ? [] : [focus.keptIndex]}
              onScroll={() => {
                look()
                lookAtStart()
              }}
              onResize={onResize}
            >
              {draw}
            </Virtualizer>
          </>
        )}
      </div>
      {isLoadingOlder && (
        <div className="mr-log-older">
          <Spinner size="small" label="Loading older messages" />
        </div>
      )}
      <JumpButton isShown={!isAtEnd} newCount={newCount} onJump={focus.goToEnd} />
    </div>
  )
}
