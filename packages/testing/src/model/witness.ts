import type { GapSpan, Position } from '@millrace/contract'
import type { Shown } from './model-app.ts'
import type { Truth } from './truth.ts'
import type { Violations } from './violations.ts'

export interface Heard {
  readonly n: number
  readonly position: Position
  readonly key: string | null
}

/** Judges what one client's listeners are told, call by call. */
export class Witness {
  readonly #name: string
  readonly #truth: Truth
  readonly #violations: Violations
  readonly #seen = new Set<string>()
  /** Where each key was heard last. */
  readonly #keys = new Map<string, Position>()
  #cursor: Position | undefined
  #state: 'out' | 'joining' | 'in' = 'out'
  #membership = 0

  constructor(name: string, truth: Truth, violations: Violations) {
    this.#name = name
    this.#truth = truth
    this.#violations = violations
  }

  get state(): 'out' | 'joining' | 'in' {
    return this.#state
  }

  get cursor(): Position | undefined {
    return this.#cursor
  }

  /** @returns Which membership this is; what becomes of an earlier one is not this one's. */
  joining(): number {
    this.#state = 'joining'
    return ++this.#membership
  }

  /** The answer to a `~join` arrived; the first one says where listening begins. */
  answered(position: Position): void {
    if (this.#state !== 'joining') return
    if (!this.#truth.knows(position)) this.#violation('P1', `joined at ${show(position)}, where the log never was`)
    this.#cursor = position
  }

  joined(membership: number, shown: Shown | undefined): void {
    if (this.#state !== 'joining' || membership !== this.#membership) return
    this.#state = 'in'
    if (this.#cursor === undefined) this.#violation('P2', 'joined without an answer')
    else this.#checkSnapshot(shown, this.#cursor)
  }

  refused(membership: number): void {
    if (this.#state === 'joining' && membership === this.#membership) this.out()
  }

  /** It left or was kicked. */
  out(): void {
    this.#state = 'out'
    this.#cursor = undefined
  }

  heard({ n, position, key }: Heard): void {
    const cursor = this.#cursor
    const entry = this.#truth.find(position)
    if (cursor === undefined) return this.#violation('P2', `heard ${show(position)} outside of the room`)
    if (!entry || entry.n !== n || entry.entry.key !== key)
      return this.#violation('P1', `heard ${show(position)}, which was never stored`)
    if (this.#seen.has(position.id)) this.#violation('P3', `heard ${show(position)} twice`)
    else if (position.offset !== cursor.offset + 1 || entry.entry.prev !== cursor.id || position.epoch !== cursor.epoch)
      this.#violation('P2', `heard ${show(position)} after ${show(cursor)} without a gap`)
    this.#seen.add(position.id)
    if (key !== null) this.#heardKey(key, position)
    this.#cursor = position
  }

  gap({ reason, from, to }: GapSpan, shown: Shown | undefined): void {
    const cursor = this.#cursor
    if (cursor === undefined) return this.#violation('P2', `was told of a gap ${reason} outside of the room`)
    if (from.id !== cursor.id || from.offset !== cursor.offset)
      this.#violation('P2', `a gap begins at ${show(from)}, not at ${show(cursor)}`)
    if (!this.#truth.knows(to)) this.#violation('P2', `a gap leads to ${show(to)}, where the log never was`)
    this.#checkReason(reason, cursor, to)
    this.#checkSnapshot(shown, to)
    this.#cursor = to
  }

  /** After everything has arrived. */
  settled(): void {
    const { top } = this.#truth
    if (this.#state === 'in' && this.#cursor?.id !== top.id)
      this.#violation('P2', `stands at ${this.#cursor && show(this.#cursor)} while the log is at ${show(top)}`)
  }

  /** A key may come again only where a rewind took back the entry that carried it. */
  #heardKey(key: string, position: Position): void {
    const earlier = this.#keys.get(key)
    if (earlier && !this.#truth.hasVanished(earlier))
      this.#violation('P3', `heard the key ${key} at ${show(earlier)} and ${show(position)}`)
    this.#keys.set(key, position)
  }

  /** Gaps only where loss was unavoidable, and no longer than needed. */
  #checkReason(reason: GapSpan['reason'], cursor: Position, to: Position): void {
    const truth = this.#truth
    if (reason === 'epoch') this.#violation('P2', 'was told of another epoch, though the log has one')
    if (reason === 'rewound' && !truth.hasVanished(cursor))
      this.#violation('P2', `was told that ${show(cursor)} was rewound, which it was not`)
    if (reason !== 'trimmed') return
    if (cursor.offset >= truth.highestFloor)
      this.#violation('P2', `was told that what follows ${show(cursor)} was trimmed, which it was not`)
    if (to.offset <= cursor.offset)
      this.#violation('P3', `a gap trimmed leads back from ${show(cursor)} to ${show(to)}`)
  }

  #checkSnapshot(shown: Shown | undefined, position: Position): void {
    if (shown && shown.offset < position.offset && !this.#truth.hasVanished(position))
      this.#violation('P2', `a snapshot of ${shown.offset} stands for ${show(position)}`)
  }

  #violation(rule: string, what: string): void {
    this.#violations.add(rule, `${this.#name} ${what}`)
  }
}

function show({ offset, id }: Position): string {
  return `${offset}/${id.slice(0, 4)}`
}
