import type { KeyedState, StateValue } from '@millrace/server'
import { rest } from './rest.ts'

const retryMs = 1_000

export interface Following {
  readonly state: KeyedState
  /** Its key. */
  readonly room: string
  /** @param isEverything Whether what is not among them is gone. */
  readonly hear: (values: readonly StateValue[], isEverything: boolean) => void
  readonly onError: (error: unknown) => void
}

/** Tells of a room's newest values, now and as they change, until the signal; whatever fails meanwhile is tried again. */
export async function followState({ state, room, hear, onError }: Following, signal: AbortSignal): Promise<void> {
  let heard = 0
  const read = async (): Promise<void> => {
    for (;;) {
      const { values, version, kind } = await state.read(room)
      // Changes that came while it was read may be newer than it.
      if (version >= heard || kind === 'change') return hear(values, kind === 'replace')
      heard = 0
    }
  }
  while (!signal.aborted) {
    try {
      const subscription = await state.subscribe(room, {
        changes: (changes) => {
          heard = Math.max(heard, ...changes.map(({ position }) => position.version))
          hear(changes, false)
        },
        missed: read,
      })
      try {
        await read()
        await untilAborted(signal)
      } finally {
        await subscription.close()
      }
    } catch (error) {
      if (signal.aborted) return
      onError(error)
      await rest(retryMs, signal)
    }
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
