import type { Subscription } from '@millrace/server'
import { launch, withdraw } from '../game/crew.ts'
import { HelmQueue } from '../game/helm-queue.ts'
import type { Pond } from '../game/pond.ts'
import type { Inputs } from '../game/step.ts'
import type { PondRoom } from './pond-room.ts'

/** What launches and quits make of a pond, in the order in which they came. */
type Change = (pond: Pond) => Pond

/** As many as may come between two ticks; others are dropped, and their players ask again. */
const maxChanges = 100

/** What players of all nodes say, kept until the next tick. */
export class Players {
  readonly #queue = new HelmQueue()
  readonly #onHeard: () => void
  #changes: Change[] = []
  #subscriptions: readonly Subscription[] = []

  /** @param onHeard Called whenever somebody is heard of. */
  constructor(onHeard: () => void) {
    this.#onHeard = onHeard
  }

  async hear(room: Pick<PondRoom, 'hear'>): Promise<void> {
    this.#subscriptions = await Promise.all([
      room.hear('watch', () => this.#onHeard()),
      room.hear('input', (input, { from }) => {
        this.#onHeard()
        if (from !== null) this.#queue.add(from, input)
      }),
      room.hear('launch', ({ name, hue }, { from }) =>
        this.#change(from, (pond, id) => launch(pond, { id, name, hue })),
      ),
      room.hear('quit', (_, { from }) =>
        this.#change(from, (pond, id) => {
          this.#queue.forget(id)
          return withdraw(pond, id)
        }),
      ),
    ])
  }

  /** The pond with everything that was heard but the inputs, and those. */
  take(pond: Pond): { readonly pond: Pond; readonly inputs: Inputs } {
    const changes = this.#changes
    this.#changes = []
    return { pond: changes.reduce((changed, change) => change(changed), pond), inputs: this.#queue.take() }
  }

  /** Ticks that were left out: what players did meanwhile still counts. */
  owe(ticks: number): void {
    this.#queue.owe(ticks)
  }

  async close(): Promise<void> {
    await Promise.all(this.#subscriptions.map((subscription) => subscription.close()))
  }

  #change(from: string | null, change: (pond: Pond, id: string) => Pond): void {
    this.#onHeard()
    if (from !== null && this.#changes.length < maxChanges) this.#changes.push((pond) => change(pond, from))
  }
}
