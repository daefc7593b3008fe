import type { StoreProvider } from '@millrace/server'

/** A store whose append number `at` fails, before or after it was done. */
export function faulty(store: StoreProvider, at: number, isStored: boolean): StoreProvider {
  return {
    async open(context) {
      const opened = await store.open(context)
      let appends = 0
      const append: typeof opened.log.append = async (key, entry) => {
        appends += 1
        if (appends !== at) return opened.log.append(key, entry)
        if (isStored) await opened.log.append(key, entry)
        throw new Error('the append failed')
      }
      const log = new Proxy(opened.log, {
        get(target, name) {
          if (name === 'append') return append
          const member: unknown = Reflect.get(target, name)
          return typeof member === 'function' ? member.bind(target) : member
        },
      })
      return { ...opened, log, isReady: () => opened.isReady(), close: () => opened.close() }
    },
  }
}
