import { find } from './element.ts'

/** While somebody types, the room is told again after so long, ms. */
const tellAgainMs = 2_000

export interface ComposerActions {
  readonly send: (text: string) => void
  readonly setTyping: (isTyping: boolean) => void
}

/** The field to write in: Enter sends, Shift+Enter begins a line, and it grows with its text. */
export class Composer {
  readonly #field = find('textarea', 'text')
  readonly #actions: ComposerActions
  #toldAt = -Infinity

  constructor(actions: ComposerActions) {
    this.#actions = actions
    find('form', 'composer').addEventListener('submit', (submitted) => {
      submitted.preventDefault()
      this.#send()
    })
    this.#field.addEventListener('input', () => this.#typed())
    this.#field.addEventListener('keydown', (pressed) => {
      if (pressed.key !== 'Enter' || pressed.shiftKey || pressed.isComposing) return
      pressed.preventDefault()
      this.#send()
    })
  }

  focus(): void {
    // On a touch screen the keyboard would cover half of the room that was just opened.
    if (matchMedia('(pointer: fine)').matches) this.#field.focus()
  }

  setRoom(name: string): void {
    this.#field.placeholder = `Message #${name}`
    this.#toldAt = -Infinity
  }

  #send(): void {
    const text = this.#field.value.trim()
    if (text === '') return
    this.#field.value = ''
    this.#toldAt = -Infinity
    this.#grow()
    this.#actions.send(text)
    this.#field.focus()
  }

  #typed(): void {
    this.#grow()
    const isTyping = this.#field.value.trim() !== ''
    if (isTyping && performance.now() - this.#toldAt < tellAgainMs) return
    if (!isTyping && this.#toldAt === -Infinity) return
    this.#toldAt = isTyping ? performance.now() : -Infinity
    this.#actions.setTyping(isTyping)
  }

  #grow(): void {
    this.#field.style.height = 'auto'
    const borders = this.#field.offsetHeight - this.#field.clientHeight
    this.#field.style.height = `${this.#field.scrollHeight + borders}px`
  }
}
