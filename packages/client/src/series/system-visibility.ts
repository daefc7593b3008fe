import type { Visibility } from './visibility.ts'

/** What of a browser's `document` tells whether the page is seen; a Node process has none of it, and is never hidden. */
export interface SeenDocument extends EventTarget {
  readonly visibilityState: string
}

export function systemVisibility(page: { readonly document?: SeenDocument }): Visibility {
  const { document } = page
  return {
    get isHidden() {
      return document?.visibilityState === 'hidden'
    },
    subscribe(changed) {
      document?.addEventListener('visibilitychange', changed)
      return () => document?.removeEventListener('visibilitychange', changed)
    },
  }
}

/** Of the page that runs this. */
export const pageVisibility: Visibility = systemVisibility(globalThis)
