import { element, find } from './element.ts'
import type { Notice } from './connection-notice.ts'

/** For how long the page says that it is back, ms. */
const backMs = 3_000
/** What is over sooner is not worth a line, ms. */
const busyAfterMs = 500

/** The line under the title that says how the connection is. It speaks up where something is wrong, or right again. */
export class NoticeView {
  readonly #notice = find('div', 'notice')
  readonly #retry: () => void
  #shown = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(retry: () => void) {
    this.#retry = retry
  }

  show(notice: Notice | undefined, fault: string, reopen: () => void): void {
    if (notice?.tone === 'busy') return this.#setLater(notice.tone, notice.text)
    if (notice) return this.#set(notice.tone, notice.text, notice.canRetry ? this.#retry : undefined)
    if (fault !== '') return this.#set('refused', fault, reopen)
    if (this.#shown.startsWith('offline')) {
      this.#set('back', 'Connected again.')
      this.#timer = setTimeout(() => this.#set('', ''), backMs)
    } else if (!this.#shown.startsWith('back')) this.#set('', '')
  }

  #setLater(tone: string, text: string): void {
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#set(tone, text), busyAfterMs)
  }

  #set(tone: string, text: string, retry?: () => void): void {
    const shown = `${tone} ${text}`
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#shown === shown) return
    this.#shown = shown
    this.#notice.dataset.tone = tone
    this.#notice.replaceChildren(text)
    if (!retry) return
    const button = element('button', { type: 'button', class: 'inline' }, 'Try again')
    button.addEventListener('click', retry)
    this.#notice.append(' ', button)
  }
}
