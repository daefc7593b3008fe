import { find } from './element.ts'
import type { LogItem } from './log-items.ts'

/** So near to the end, in pixels, the log follows what is new; so near to the start it asks for older messages. */
const nearEnd = 60
const nearStart = 240

export interface LogState {
  /** Another one shows another log, at its end. */
  readonly id: string
  readonly items: readonly LogItem[]
  readonly hasOlder: boolean
  readonly isLoading: boolean
  /** What stands in an empty log; empty while nobody knows whether it is. */
  readonly emptyText: string
  /** What besides the item an element depends on. */
  readonly isOffline: boolean
}

/** The scrolling log: adds, replaces and removes only what changed, and keeps the reader's place. */
export class LogView {
  readonly #scroll = find('div', 'scroll')
  readonly #log = find('div', 'log')
  readonly #older = find('button', 'older')
  readonly #empty = find('p', 'empty')
  readonly #jump = find('button', 'jump')
  readonly #draw: (item: LogItem, isOffline: boolean) => HTMLElement
  readonly #loadOlder: () => void
  readonly #drawn = new Map<string, { readonly version: string; readonly element: HTMLElement }>()
  #shown: LogState | undefined

  constructor(draw: (item: LogItem, isOffline: boolean) => HTMLElement, loadOlder: () => void) {
    this.#draw = draw
    this.#loadOlder = loadOlder
    this.#older.addEventListener('click', loadOlder)
    this.#jump.addEventListener('click', () => this.#toEnd())
    this.#scroll.addEventListener('scroll', () => this.#scrolled(), { passive: true })
    // A keyboard that opens, a window that changes: the end stays the end.
    let wasAtEnd = true
    this.#scroll.addEventListener('scroll', () => (wasAtEnd = this.#isAtEnd), { passive: true })
    new ResizeObserver(() => wasAtEnd && this.#toEnd()).observe(this.#scroll)
  }

  show(state: LogState): void {
    const before = this.#shown
    this.#shown = state
    const isSame = before?.id === state.id
    const wasAtEnd = this.#isAtEnd
    const fromEnd = this.#scroll.scrollHeight - this.#scroll.scrollTop
    const isOlder = isSame && before?.items[1]?.key !== state.items[1]?.key && lastKey(before) === lastKey(state)
    this.#log.setAttribute('aria-busy', String(state.isLoading))
    this.#older.hidden = !state.hasOlder
    this.#older.disabled = state.isLoading
    this.#older.textContent = state.isLoading ? 'Loading…' : 'Older messages'
    this.#empty.textContent = state.emptyText
    this.#empty.hidden = state.items.length > 0 || state.emptyText === ''
    this.#place(state)
    if (!isSame || wasAtEnd || hasNewOwn(before, state)) this.#toEnd()
    else if (isOlder) this.#scroll.scrollTop = this.#scroll.scrollHeight - fromEnd
    else if (lastKey(before) !== lastKey(state)) this.#jump.hidden = false
    this.#fill()
  }

  #place({ items, isOffline }: LogState): void {
    const keys = new Set(items.map(({ key }) => key))
    for (const [key, { element }] of this.#drawn) {
      if (keys.has(key)) continue
      element.remove()
      this.#drawn.delete(key)
    }
    let next = this.#log.firstElementChild
    for (const item of items) {
      const version = JSON.stringify([item, item.kind === 'message' && item.state === 'waiting' && isOffline])
      const drawn = this.#drawn.get(item.key)
      if (drawn?.version === version && drawn.element === next) {
        next = next.nextElementSibling
        continue
      }
      const element = drawn?.version === version ? drawn.element : this.#draw(item, isOffline)
      if (drawn && drawn.element !== element) {
        if (drawn.element === next) next = next.nextElementSibling
        drawn.element.remove()
      }
      this.#log.insertBefore(element, next)
      this.#drawn.set(item.key, { version, element })
    }
  }

  get #isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroll
    return scrollHeight - scrollTop - clientHeight < nearEnd
  }

  #toEnd(): void {
    this.#scroll.scrollTop = this.#scroll.scrollHeight
    this.#jump.hidden = true
  }

  #scrolled(): void {
    if (this.#isAtEnd) this.#jump.hidden = true
    this.#fill()
  }

  /** Asks for older messages where the reader is about to see the first, also in a log that does not fill its frame. */
  #fill(): void {
    const isWanted = this.#shown?.hasOlder && !this.#shown.isLoading && this.#scroll.scrollTop < nearStart
    if (isWanted) queueMicrotask(this.#loadOlder)
  }
}

function lastKey(state: LogState | undefined): string | undefined {
  return state?.items.at(-1)?.key
}

function hasNewOwn(before: LogState | undefined, state: LogState): boolean {
  const last = state.items.at(-1)
  return last?.kind === 'message' && last.state === 'waiting' && last.key !== lastKey(before)
}
