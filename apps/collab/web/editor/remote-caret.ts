import { WidgetType } from '@codemirror/view'

/** Somebody else's caret, with the name at its top. */
export class RemoteCaret extends WidgetType {
  readonly #name: string
  readonly #color: string

  constructor(name: string, color: string) {
    super()
    this.#name = name
    this.#color = color
  }

  override eq(other: RemoteCaret): boolean {
    return other.#name === this.#name && other.#color === this.#color
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
    return caret
  }

  override ignoreEvent(): boolean {
    return true
  }
}
