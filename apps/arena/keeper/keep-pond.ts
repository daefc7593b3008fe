import { setTimeout as pause } from 'node:timers/promises'
import type { StateValue } from '@millrace/server'
import { withdraw, withoutGone } from '../game/crew.ts'
import type { Pond } from '../game/pond.ts'
import { step } from '../game/step.ts'
import { tickMs } from '../game/world.ts'
import { PaceMeter } from './pace-meter.ts'
import { Players } from './players.ts'
import type { PondRoom } from './pond-room.ts'
import { PondTeller } from './pond-teller.ts'
import { readPond } from './read-pond.ts'

/** A pond that nobody looks at rests after so long. */
const restAfterMs = 10_000
/** A node that stood still makes up for as many ticks, and no more. */
const maxLateMs = 10 * tickMs

export interface KeeperParts {
  readonly room: PondRoom
  readonly readState: () => Promise<readonly StateValue[]>
  /** What people call this node. */
  readonly node: string
  /** Of a new pond. */
  readonly seed: number
  /** Whether nobody else keeps the pond at this moment. */
  readonly isHeld: () => boolean
  readonly monotonicMs: () => number
  readonly onError: (error: unknown) => void
}

/** Keeps one pond, 30 ticks a second while somebody looks at it, and goes on where another node had to stop. Until the signal. */
export async function keepPond(parts: KeeperParts, signal: AbortSignal): Promise<void> {
  const { room, monotonicMs, node } = parts
  // Whoever was there when another node had to stop is heard of soon.
  let heardAt = monotonicMs()
  let wake: (() => void) | undefined
  const players = new Players(() => {
    heardAt = monotonicMs()
    wake?.()
  })
  const stop = (): void => wake?.()
  signal.addEventListener('abort', stop)
  try {
    await players.hear(room)
    const values = await parts.readState()
    const teller = new PondTeller(parts, values)
    const meter = new PaceMeter()
    let pond = readPond(values, parts.seed)
    let dueAt = monotonicMs()
    while (!signal.aborted) {
      if (monotonicMs() - heardAt > restAfterMs) {
        pond = withoutPeople(pond)
        await teller.tell(pond)
        await new Promise<void>((resolve) => {
          wake = resolve
          if (signal.aborted || monotonicMs() - heardAt <= restAfterMs) resolve()
        })
        dueAt = monotonicMs()
        meter.restart(dueAt)
        continue
      }
      const beganAt = monotonicMs()
      const heard = players.take(pond)
      pond = withoutGone(step(heard.pond, heard.inputs, tickMs))
      // Two at once would be two truths; who holds it no more is told so by the signal.
      if (parts.isHeld()) {
        void teller.tell(pond)
        const pace = meter.note(beganAt, monotonicMs())
        if (pace) room.publish('pace', { tick: pond.tick, node, ...pace }).catch(parts.onError)
      }
      dueAt += tickMs
      const missed = Math.floor((monotonicMs() - dueAt - maxLateMs) / tickMs)
      if (missed > 0) {
        dueAt += missed * tickMs
        players.owe(missed)
      }
      await pause(Math.max(0, dueAt - monotonicMs()), undefined, { ref: false, signal }).catch(ignore)
    }
  } finally {
    signal.removeEventListener('abort', stop)
    await players.close()
  }
}

function withoutPeople(pond: Pond): Pond {
  return pond.boats.filter(({ isBot }) => !isBot).reduce((rest, { id }) => withdraw(rest, id), pond)
}

/** The pause ends with the signal, which the loop asks for. */
function ignore(): void {}
