import type { StateValue } from '@millrace/server'
import type { Pond } from '../game/pond.ts'
import type { PondRoom, PondValue } from './pond-room.ts'
import { pondValues } from './pond-values.ts'

/** After a fault of the store. */
const retryMs = 500

export interface TellerParts {
  readonly room: Pick<PondRoom, 'publish' | 'remove'>
  readonly monotonicMs: () => number
  readonly onError: (error: unknown) => void
}

/** Publishes what changed in a pond. A store that is slow is told of fewer ticks; none wait in line. */
export class PondTeller {
  readonly #parts: TellerParts
  /** What the room was told last, by event and key: the text of the value without its tick; '' for what is to be told again. */
  readonly #told = new Map<string, string>()
  #isTelling = false
  #notBefore = 0

  /** @param values What the room's state is now. */
  constructor(parts: TellerParts, values: readonly StateValue[]) {
    this.#parts = parts
    for (const { name, key, payload } of values)
      if (payload !== null && isShown(name)) this.#told.set(`${name} ${key}`, '')
  }

  /** Does nothing while an earlier call is under way. */
  async tell(pond: Pond): Promise<void> {
    const { monotonicMs, onError } = this.#parts
    if (this.#isTelling || monotonicMs() < this.#notBefore) return
    this.#isTelling = true
    try {
      await this.#publish(pondValues(pond))
    } catch (error) {
      // What was stored of it is not known.
      for (const name of this.#told.keys()) this.#told.set(name, '')
      this.#notBefore = monotonicMs() + retryMs
      onError(error)
    } finally {
      this.#isTelling = false
    }
  }

  async #publish(values: readonly PondValue[]): Promise<void> {
    const { room } = this.#parts
    const writes: Promise<unknown>[] = []
    const gone = new Set(this.#told.keys())
    for (const value of values) {
      const name = `${value.name} ${keyOf(value)}`
      const text = JSON.stringify({ ...value.payload, tick: 0 })
      gone.delete(name)
      if (this.#told.get(name) === text) continue
      this.#told.set(name, text)
      writes.push(publish(room, value))
    }
    for (const name of gone) {
      const end = name.indexOf(' ') // keys may hold spaces
      const event = name.slice(0, end)
      if (isShown(event)) writes.push(room.remove(event, name.slice(end + 1)))
    }
    const faults = (await Promise.allSettled(writes)).flatMap((write) =>
      write.status === 'rejected' ? [write.reason] : [],
    )
    if (faults.length > 0) throw faults[0]
    for (const name of gone) this.#told.delete(name)
  }
}

function publish(room: TellerParts['room'], value: PondValue): Promise<unknown> {
  switch (value.name) {
    case 'player':
      return room.publish(value.name, value.payload)
    case 'captain':
      return room.publish(value.name, value.payload)
    case 'grain':
      return room.publish(value.name, value.payload)
    case 'round':
      return room.publish(value.name, value.payload)
  }
}

function isShown(name: string): name is PondValue['name'] {
  return name === 'player' || name === 'captain' || name === 'grain' || name === 'round'
}

function keyOf({ payload }: PondValue): string {
  return 'id' in payload ? String(payload.id) : ''
}
