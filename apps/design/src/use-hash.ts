import { useSyncExternalStore } from 'react'

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}

/** What stands behind `#` in the page's address, as it stands there. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => location.hash.slice(1))
}
