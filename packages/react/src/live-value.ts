import type { Off } from '@millrace/client'
import { useSyncExternalStore } from 'react'
import { coalesce } from './coalesce.ts'
import { recordOf } from './records.ts'

export interface LiveSource<T> {
  read(): T
  /** Whether `read()` would give the same again. */
  isSame(value: T): boolean
  subscribe(changed: () => void): readonly Off[]
  /** Its joins and leaves count as changes, as they empty what is live without a word. */
  readonly room: object
}

/** A copy of something that changes in place: the same copy until it does. */
export class LiveValue<T> {
  readonly #source: LiveSource<T>
  #copy: T | undefined
  /** Whether whoever changes the source would have said so. */
  #isTold = false

  constructor(source: LiveSource<T>) {
    this.#source = source
  }

  readonly get = (): T => {
    if (this.#copy === undefined || (!this.#isTold && !this.#source.isSame(this.#copy)))
      this.#copy = this.#source.read()
    return this.#copy
  }

  readonly subscribe = (changed: () => void): Off => {
    const tell = coalesce(() => {
      if (this.#copy !== undefined && !this.#source.isSame(this.#copy)) this.#copy = undefined
      changed()
    })
    this.get()
    this.#isTold = true
    const offs = [...this.#source.subscribe(tell), recordOf(this.#source.room).on(tell)]
    return () => {
      this.#isTold = false
      for (const off of offs) off()
    }
  }
}

export function useLiveValue<T>(live: LiveValue<T>): T {
  return useSyncExternalStore(live.subscribe, live.get, live.get)
}
