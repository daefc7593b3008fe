import { WidgetType } from '@codemirror/view'

/** The name stands over the line above: so long after each move, ms. */
const nameMs = 4_000
const timers = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>()

/** Somebody else's caret, with the name at its top while it moves or is pointed at. */
export class RemoteCaret extends WidgetType {
  readonly #name: string
  readonly #color: string
  readonly #place: string

  /** @param place Another one after each move, and the same while only text around it changes. */
  constructor(name: string, color: string, place: string) {
    super()
    this.#name = name
    this.#color = color
    this.#place = place
  }

  override eq(other: RemoteCaret): boolean {
    return other.#name === this.#name && other.#color === this.#color && other.#place === this.#place
  }

  override toDOM(): HTMLElement {
    const caret = document.createElement('span')
    caret.className = 'remote-caret'
    // Not as an attribute, which the content security policy forbids.
    caret.style.setProperty('--who', this.#color)
    // A picture beside the list of who is here, which screen readers hear in its place.
    caret.setAttribute('aria-hidden', 'true')
    const name = document.createElement('span')
    name.className = 'remote-name'
    name.textContent = this.#name
    caret.append(name)
    caret.dataset.moved = ''
    timers.set(
      caret,
      setTimeout(() => delete caret.dataset.moved, nameMs),
    )
    return caret
  }

  override destroy(caret: HTMLElement): void {
    clearTimeout(timers.get(caret))
  }

  override ignoreEvent(): boolean {
    return true
  }
}
