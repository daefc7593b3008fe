import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { seeded } from '../seeded.ts'
import { letterAt } from './letters.ts'

/** The name of the Y.Text in every document of the bench. */
export const textName = 'text'

/** Letters that an author types before the caret goes elsewhere. */
const [leastRun, mostRun] = [10, 60]

const paragraphLength = 200
const firstClientId = 1_000_000_000
const templateClientId = firstClientId - 1

/** What everybody finds: a paragraph for each author. */
export function template(authors: number): Uint8Array {
  const doc = new Doc()
  doc.clientID = templateClientId
  const paragraph = Array.from({ length: paragraphLength }, (_, index) => letterAt(index)).join('')
  doc.getText(textName).insert(0, `${paragraph}\n`.repeat(authors))
  return encodeStateAsUpdate(doc)
}

/**
 * Types letter by letter into a paragraph of the template, and moves the caret within it. What others type it does not see, so
 * that its updates are the same for every contender.
 */
export class Author {
  readonly clientId: number
  readonly #doc = new Doc()
  readonly #random: (end: number) => number
  readonly #start: number
  #length = paragraphLength
  #caret = 0
  #left = 0
  #typed = 0
  #update: Uint8Array | undefined

  constructor(index: number, base: Uint8Array) {
    this.clientId = firstClientId + index
    applyUpdate(this.#doc, base)
    this.#doc.clientID = this.clientId
    this.#doc.on('update', (update: Uint8Array) => (this.#update = update))
    this.#random = seeded(index)
    this.#start = index * (paragraphLength + 1)
  }

  /** Yjs's update of the next letter. */
  type(): Uint8Array {
    if (this.#left-- === 0) {
      this.#left = leastRun + this.#random(mostRun - leastRun)
      this.#caret = this.#random(this.#length)
    }
    this.#doc.getText(textName).insert(this.#start + this.#caret++, letterAt(this.#typed++))
    this.#length++
    if (!this.#update) throw new Error('Yjs told of no update')
    return this.#update
  }
}
