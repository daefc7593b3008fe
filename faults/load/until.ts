import { setTimeout as pause } from 'node:timers/promises'

const stepMs = 20

/** Waits until it is true; an error means that it is not so yet. @throws Error that names what never came to be. */
export async function until(what: string, isTrue: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = performance.now() + withinMs
  let cause: unknown
  while (performance.now() < end) {
    try {
      if (await isTrue()) return
      cause = undefined
    } catch (error) {
      cause = error
    }
    await pause(stepMs)
  }
  throw new Error(`never within ${withinMs} ms: ${what}`, { cause })
}
