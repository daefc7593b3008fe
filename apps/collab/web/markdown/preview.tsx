import { useDeferredValue, useEffect, useLayoutEffect, useRef, type ReactElement, type RefObject } from 'react'
import { renderMarkdown } from './render-markdown.ts'
import { safeFragment } from './safe-fragment.ts'

export interface PreviewProps {
  readonly text: string
  /** What scrolls. */
  readonly scroller: RefObject<HTMLElement | null>
  /** Somebody ticks the task of that line, from 0; undefined: nobody may. */
  readonly onTask: ((line: number) => void) | undefined
}

/** The document as its readers see it. */
export function Preview({ text, scroller, onTask }: PreviewProps): ReactElement {
  const article = useRef<HTMLElement>(null)
  const shown = useDeferredValue(text)
  const tick = useRef(onTask)
  useEffect(() => {
    tick.current = onTask
  })
  const canTick = onTask !== undefined
  useLayoutEffect(() => {
    const fragment = safeFragment(renderMarkdown(shown))
    for (const box of fragment.querySelectorAll('input')) box.disabled = !canTick
    for (const block of fragment.querySelectorAll('pre')) block.tabIndex = 0
    const target = article.current
    if (!target) return
    const focused = (document.activeElement as HTMLElement | null)?.dataset.task
    replaceChanged(target, fragment)
    // The keyboard stays where it was, on a box that was made anew.
    if (focused !== undefined)
      target.querySelector<HTMLElement>(`[data-task="${focused}"]`)?.focus({ preventScroll: true })
  }, [shown, canTick])
  useEffect(() => {
    const target = article.current
    // Not as a prop: the article is nothing to be clicked, the boxes in it are, and they are not React's.
    const onClick = (event: MouseEvent): void => {
      const { task } = (event.target as HTMLElement).dataset
      if (task === undefined) return
      // The text says whether it is done.
      event.preventDefault()
      tick.current?.(Number(task))
    }
    target?.addEventListener('click', onClick)
    return () => target?.removeEventListener('click', onClick)
  }, [])
  return (
    // The keyboard has to scroll it, and nothing in it need take the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section ref={scroller} className="preview" aria-label="Preview" tabIndex={0}>
      {shown.trim() === '' && <p className="preview-empty">What you write appears here as its readers will see it.</p>}
      <article ref={article} className="prose" dir="auto" />
    </section>
  )
}

/** Puts in what differs between the first and the last block that are as they were, so that what is selected elsewhere stays. */
function replaceChanged(target: HTMLElement, fragment: DocumentFragment): void {
  const [before, after] = [[...target.childNodes], [...fragment.childNodes]]
  let start = 0
  while (start < before.length && start < after.length && before[start]?.isEqualNode(after[start] ?? null)) start += 1
  let end = 0
  const most = Math.min(before.length, after.length) - start
  while (end < most && before.at(-1 - end)?.isEqualNode(after.at(-1 - end) ?? null)) end += 1
  for (const node of before.slice(start, before.length - end)) node.remove()
  const next = before[before.length - end] ?? null
  target.insertBefore(join(after.slice(start, after.length - end)), next)
}

function join(nodes: readonly Node[]): DocumentFragment {
  const fragment = document.createDocumentFragment()
  fragment.append(...nodes)
  return fragment
}
