import {
  memo,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ReactElement,
  type RefObject,
} from 'react'
import { MarkdownBlocks } from './markdown-blocks.ts'
import { showBlocks, type ShownBlock } from './show-blocks.ts'

export interface PreviewProps {
  readonly text: string
  /** What scrolls. */
  readonly scroller: RefObject<HTMLElement | null>
  /** Somebody ticks the task of that line, from 0; undefined: nobody may. */
  readonly onTask: ((line: number) => void) | undefined
}

/** The document as its readers see it. */
export const Preview = memo(function Preview({ text, scroller, onTask }: PreviewProps): ReactElement {
  const [markdown] = useState(() => new MarkdownBlocks())
  const article = useRef<HTMLElement>(null)
  const blocks = useRef<readonly ShownBlock[]>([])
  const shown = useDeferredValue(text)
  const tick = useRef(onTask)
  useEffect(() => {
    tick.current = onTask
  })
  const canTick = onTask !== undefined
  useLayoutEffect(() => {
    const target = article.current
    if (!target) return
    blocks.current = showBlocks(target, blocks.current, markdown.update(shown))
    for (const box of target.querySelectorAll('input')) box.disabled = !canTick
  }, [markdown, shown, canTick])
  useEffect(() => {
    const target = article.current
    // Not as a prop: the article is nothing to be clicked, the boxes in it are, and they are not React's.
    const onClick = (event: MouseEvent): void => {
      const box = event.target as HTMLElement
      const { task } = box.dataset
      if (task === undefined) return
      // The text says whether it is done.
      event.preventDefault()
      tick.current?.(Number(box.closest<HTMLElement>('[data-line]')?.dataset.line ?? 0) + Number(task))
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
})
