import { fail, type Clock } from '@millrace/contract'

/** The promise's result, or a rejection with `TIMEOUT` after so many ms. */
export async function within<T>(clock: Clock, ms: number, what: string, promise: Promise<T>): Promise<T> {
  let cancel = () => {}
  const late = new Promise<never>((_resolve, reject) => {
    cancel = clock.after(ms, () => reject(fail('TIMEOUT', `${what} did not answer within ${ms} ms`)))
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    cancel()
  }
}
