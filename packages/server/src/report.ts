import { settling } from './maybe.ts'

/** Hands faults to the application's `onError`. What fails in there ends here: nobody is left to be told. */
export function createReport(onError: (error: unknown) => unknown): (error: unknown) => void {
  return (error) => {
    try {
      const result = settling(onError(error))
      if (result instanceof Promise) result.then(undefined, () => undefined)
    } catch {
      return
    }
  }
}
