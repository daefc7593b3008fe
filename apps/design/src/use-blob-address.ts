import { useMemo, useSyncExternalStore } from 'react'

/** A `blob:` address of a file while the component is mounted. The browser finds out which kind of picture it is. */
export function useBlobAddress(bytes: Uint8Array | undefined): string | undefined {
  const store = useMemo(() => addressOf(bytes), [bytes])
  return useSyncExternalStore(store.subscribe, store.get)
}

function addressOf(bytes: Uint8Array | undefined) {
  let address: string | undefined
  return {
    get: () => address,
    subscribe: () => {
      if (bytes) address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>]))
      return () => {
        if (address !== undefined) URL.revokeObjectURL(address)
        address = undefined
      }
    },
  }
}
