import type { DeskRequest } from './desk-request.ts'

export type TitleRequest = DeskRequest & { readonly name: 'title.set' }

/** A document's title as it will be, and what waits to change it, or failed to. */
export interface ShownTitle {
  readonly title: string | undefined
  readonly request: TitleRequest | undefined
}

export function withTitleRequests(title: string | undefined, requests: readonly DeskRequest[]): ShownTitle {
  const asked = requests.filter((request): request is TitleRequest => request.name === 'title.set')
  const waiting = asked.findLast(({ state }) => state === 'pending')
  return { title: waiting?.input.title.trim() ?? title, request: waiting ?? asked.at(-1) }
}
