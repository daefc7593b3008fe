import { useMemo, useSyncExternalStore, type MouseEvent } from 'react'

export interface Address {
  /** Undefined: the list. */
  readonly documentId: string | undefined
  /** The token of a link that lets one in. */
  readonly key: string | undefined
}

const changed = 'millrace address'

function readAddress(search: string): Address {
  const query = new URLSearchParams(search)
  const id = query.get('d') ?? ''
  // One that is no id at all is asked for too: the page says that there is no such document.
  return { documentId: id === '' ? undefined : id, key: query.get('key') ?? undefined }
}

export function addressOf(documentId?: string, key?: string): string {
  const query = new URLSearchParams({ ...(documentId ? { d: documentId } : {}), ...(key ? { key } : {}) })
  return `${location.pathname}${query.size > 0 ? `?${query}` : ''}`
}

export function useAddress(): Address {
  const search = useSyncExternalStore(subscribe, () => location.search)
  return useMemo(() => readAddress(search), [search])
}

/** Shows another part of the page. `how`: whether the way back leads here. */
export function goTo(address: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', address)
  else history.replaceState(null, '', address)
  dispatchEvent(new Event(changed))
}

/** For links to other parts of this page, or what holds some: a plain click loads nothing anew. */
export function onLink(event: MouseEvent): void {
  const link = (event.target as Element).closest('a')
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  goTo(link.href)
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener)
  addEventListener(changed, listener)
  return () => {
    removeEventListener('popstate', listener)
    removeEventListener(changed, listener)
  }
}
