/** A value that is there already, or will be. Keeps synchronous work synchronous: no promise, no microtask. */
export type Maybe<T> = T | Promise<T>

/** For values of ours; what an application returns goes through `settling` first. */
export function isPromise<T>(value: Maybe<T>): value is Promise<T> {
  return value instanceof Promise
}

/** What an application returned: a promise of any library becomes one of ours. */
export function settling(value: unknown): unknown {
  const isThenable =
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  return isThenable && !(value instanceof Promise) ? Promise.resolve(value) : value
}

export function chain<T, R>(value: Maybe<T>, next: (value: T) => Maybe<R>): Maybe<R> {
  return isPromise(value) ? value.then(next) : next(value)
}
