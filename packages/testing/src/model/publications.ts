import { MillraceError, type Position } from '@millrace/contract'
import type { Truth } from './truth.ts'
import type { Violations } from './violations.ts'

export interface Operation {
  readonly user: string
  readonly kind: 'publish' | 'post'
  readonly key: string
  readonly n: number
  /** Monotonic ms of the first attempt. */
  readonly firstAt: number
}

/** What the outcome of an operation may be where its connection breaks or its member is kicked. */
const expectedCodes = new Set(['DISCONNECTED', 'OUTCOME_UNKNOWN', 'TIMEOUT', 'FORBIDDEN'])

/** Judges the outcome of everything that clients publish. */
export class Publications {
  readonly operations: Operation[] = []
  readonly #truth: Truth
  readonly #violations: Violations
  readonly #offsets = new Map<Operation, number>()
  readonly #mayHaveHappened = new Set<Operation>()
  readonly #runs = new Map<string, number>()

  constructor(truth: Truth, violations: Violations) {
    this.#truth = truth
    this.#violations = violations
  }

  begin(operation: Operation): Operation {
    this.operations.push(operation)
    return operation
  }

  /** Waits for one attempt's outcome. `position` is undefined for a request, which answers an offset. */
  async follow(
    operation: Operation,
    attempt: Promise<{ readonly position: Position } | { readonly offset: number }>,
  ): Promise<void> {
    try {
      const answer = await attempt
      this.#mayHaveHappened.add(operation)
      this.#acknowledged(operation, 'position' in answer ? answer.position.offset : answer.offset)
    } catch (error) {
      const { code, rule } = error as MillraceError
      if (!(error instanceof MillraceError) || !expectedCodes.has(code))
        this.#violations.add('P5', `${describe(operation)} failed with ${String(error)}`)
      else if (rule.happened !== 'no') this.#mayHaveHappened.add(operation)
    }
  }

  /** The handler of a `post` ran. */
  ran(user: string, key: string): void {
    const runs = (this.#runs.get(`${user} ${key}`) ?? 0) + 1
    this.#runs.set(`${user} ${key}`, runs)
    if (runs > 1) this.#violations.add('P5', `the request of ${user} under ${key} ran ${runs} times`)
  }

  /** After every attempt has its outcome: what surely did not happen is nowhere. */
  settled(): void {
    for (const operation of this.operations) {
      if (!this.#mayHaveHappened.has(operation) && this.#stored(operation).length > 0)
        this.#violations.add('P5', `${describe(operation)} was said not to have happened, and is stored`)
    }
  }

  #stored({ user, kind, key }: Operation) {
    return this.#truth.underKey(user, kind === 'post' ? `${key}/1` : key)
  }

  #acknowledged(operation: Operation, offset: number): void {
    const stored = this.#stored(operation)
    const entry = stored.find((one) => one.entry.offset === offset && one.n === operation.n)
    if (!entry)
      return this.#violations.add('P2', `${describe(operation)} was acknowledged at ${offset}, where it is not`)
    const first = this.#offsets.get(operation)
    if (first !== undefined && first !== offset && !stored.some((one) => one.entry.offset === first && one.hasVanished))
      this.#violations.add('P5', `${describe(operation)} was acknowledged at ${first} and at ${offset}`)
    this.#offsets.set(operation, offset)
  }
}

function describe({ user, kind, key, n }: Operation): string {
  return `${kind} ${n} of ${user} under ${key}`
}
