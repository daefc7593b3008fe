import type { Accepted, PlacedUpdate } from './guard/examine.ts'
import { MapValues } from './guard/map-values.ts'
import { harmful } from './guard/refuse.ts'
import type { Placed } from './guard/order-structs.ts'
import { freeSteps, mostSteps, type Survey } from './guard/survey.ts'
import type { OpenDocument } from './open-document.ts'
import type { OwnUpdates } from './own-updates.ts'
import { encodePieces } from './piece-list.ts'
import type { runJob } from './worker/run-job.ts'

/**
 * Keeps out what makes readers throw, or takes them time with the square of the structs. What an update costs at most is added up, and
 * measured in a thread where that comes to too much, which it seldom does while people write.
 */
export class Surveyor {
  readonly #open: OpenDocument
  readonly #run: typeof runJob
  #values = new MapValues()
  /** Of the last survey, and at most as many by now. */
  #measured = 0
  #steps = 0
  #items = 0
  /** The document's when it was measured; undefined before, and where what was measured may not hold. */
  #generation: number | undefined
  /** Counts what was added, and where each client stood then: what others placed since stands behind its last struct at most. */
  #added = 0
  readonly #addedAt = new Map<number, number>()
  /** What came in since a survey began. */
  #meanwhile: Set<PlacedUpdate> | undefined
  #isOutdated = false
  #isEarly = false
  /** One survey at a time. */
  #turn: Promise<unknown> = Promise.resolve()
  /** Of updates that were measured with the document how many bytes of each it lacked. */
  readonly #cleared = new WeakMap<Uint8Array, number>()

  constructor(open: OpenDocument, run: typeof runJob) {
    this.#open = open
    this.#run = run
  }

  /**
   * Undefined where the update may be stored; otherwise resolves when it may be asked again.
   *
   * @throws MillraceError INVALID_INPUT where it would harm readers.
   */
  admit(update: Uint8Array, { update: { byteLength }, placed }: Accepted): Promise<void> | undefined {
    if (this.#cleared.get(update) === byteLength) {
      this.#cleared.delete(update)
      return undefined
    }
    this.gaveUp(update)
    if (this.#fits(placed)) {
      this.#add(placed)
      this.#measureEarly()
      return undefined
    }
    return this.#inTurn(() => this.#measureWith(update, byteLength, placed))
  }

  /** An update may be measured, and then not be stored as it was: others may have stored other things under its clocks. */
  gaveUp(update: Uint8Array): void {
    if (this.#cleared.delete(update)) this.forget()
  }

  /** An update is part of the document. Of one of this node it may be told twice. */
  taken(placed: PlacedUpdate | undefined, isOwn: boolean): void {
    if (!placed) return this.forget()
    this.#meanwhile?.add(placed)
    this.#values.take(placed)
    if (!isOwn) this.#add(placed)
  }

  /** What was measured may not hold: it is measured again. */
  forget(): void {
    this.#generation = undefined
    this.#isOutdated = true
  }

  #fits(placed: PlacedUpdate | undefined): placed is PlacedUpdate {
    if (!placed || this.#generation !== this.#open.generation) return false
    if (this.#values.splits(placed)) throw splitsValue()
    return this.#steps + this.#stepsOf(placed) <= mostSteps(this.#items)
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(task)
    this.#turn = turn.catch(() => undefined) // whoever asked is told
    return turn
  }

  /** Before anybody has to wait for it. */
  #measureEarly(): void {
    if (this.#isEarly || this.#steps - this.#measured < (mostSteps(this.#items) - this.#measured) / 2) return
    this.#isEarly = true
    void this.#inTurn(() => this.#measure([], () => undefined))
      .catch(() => undefined) // who writes next is told
      .finally(() => (this.#isEarly = false))
  }

  async #measureWith(update: Uint8Array, byteLength: number, placed: PlacedUpdate | undefined): Promise<void> {
    // Another update was measured meanwhile.
    if (this.#fits(placed)) return
    await this.#measure([update], async ({ steps, own, items, splits }, stored) => {
      if (splits) throw splitsValue()
      if (steps <= mostSteps(items)) return
      const before = await this.#surveyOf(stored)
      // Of two documents that nobody counted to the end the difference says nothing.
      if ((before.steps > mostSteps(before.items) ? own : steps - before.steps) > freeSteps)
        throw harmful('places in it overlap so much that readers would take very long to put them in order')
    })
    this.#cleared.set(update, byteLength)
  }

  /** @param check May refuse what the document and `fresh` updates come to. */
  async #measure(
    fresh: readonly Uint8Array[],
    check: (found: Survey, stored: readonly Uint8Array[]) => Promise<void> | undefined,
  ): Promise<void> {
    await this.#open.catchUp()
    const { generation, pieces, own } = this.#open
    const stored = pieces.all()
    const meanwhile = new Set(placedOf(own))
    this.#meanwhile = meanwhile
    this.#isOutdated = own.waiting().some((waiting) => waiting.placed === undefined)
    try {
      const found = await this.#surveyOf([...stored, ...fresh])
      await check(found, stored)
      this.#adopt(found, this.#isOutdated ? undefined : generation)
      for (const other of new Set([...meanwhile, ...placedOf(own)])) {
        this.#values.take(other)
        this.#add(other)
      }
    } finally {
      this.#meanwhile = undefined
    }
  }

  #surveyOf(updates: readonly Uint8Array[]): Promise<Survey> {
    let byteLength = 0
    for (const update of updates) byteLength += update.byteLength
    return this.#run('survey', () => ({ pieces: encodePieces(updates) }), byteLength)
  }

  #adopt({ steps, items, values }: Survey, generation: number | undefined): void {
    this.#measured = this.#steps = steps
    this.#items = items
    this.#values = new MapValues(values)
    this.#generation = generation
    this.#addedAt.clear()
  }

  #add(placed: PlacedUpdate): void {
    this.#steps += this.#stepsOf(placed)
    const items = itemsOf(placed)
    this.#items += items
    this.#added += items
    for (const { client } of placed.places) this.#addedAt.set(client, this.#added)
  }

  /**
   * At most. Yjs looks at what stands behind what a struct was written behind, and came from there: nothing behind the struct before it
   * that was placed before that one.
   */
  #stepsOf(placed: PlacedUpdate): number {
    const { places } = placed
    const all = itemsOf(placed)
    const others = places.some(({ client }) => client !== places[0]?.client) ? all : 0
    const seen = new Set<number>()
    let steps = 0
    for (const place of places) {
      const { client, struct } = place
      if (struct.isCollected) continue
      if (!goesOn(place)) steps += this.#items + all
      else if (seen.has(client)) steps += others
      else steps += Math.min(this.#items, this.#added - (this.#addedAt.get(client) ?? -Infinity)) + others
      seen.add(client)
    }
    return steps
  }
}

/** Of updates that are on their way into the log. */
function placedOf(own: OwnUpdates): PlacedUpdate[] {
  return own.waiting().flatMap(({ placed }) => placed ?? [])
}

/** How many items it makes at most: each cuts others where it stands, and so does each deletion. */
function itemsOf({ places, deletions }: PlacedUpdate): number {
  let items = 0
  for (const place of places) items += 1 + (place.origin && !goesOn(place) ? 1 : 0) + (place.struct.rightOrigin ? 1 : 0)
  for (const { ranges } of deletions) items += ranges.length
  return items
}

/** Written behind what its client wrote just before. */
function goesOn({ client, from, origin }: Placed): boolean {
  return origin?.client === client && origin.clock === from - 1
}

function splitsValue(): Error {
  return harmful('it splits the value of a key')
}
