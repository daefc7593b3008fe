import { useEffect } from 'react'
import { useNamespace, useRequest } from '@millrace/react'
import { chat, type InboxEntry } from '../contract.ts'

/** Open conversations and people that fit, beyond the user's own conversations. Asks nothing for an empty query. */
export function useSearch(query: string, own: readonly InboxEntry[]) {
  const namespace = useNamespace(chat)
  const people = useRequest(namespace, 'people.search')
  const open = useRequest(namespace, 'conversation.search')
  const asks = [people.ask, open.ask]
  useEffect(() => {
    if (query !== '') for (const ask of asks) void ask({ query })
    // eslint-disable-next-line react/exhaustive-deps -- the functions stay the same
  }, [query])
  return {
    people: people.data,
    conversations: open.data?.filter(({ id }) => !own.some((entry) => entry.id === id)),
    hasFailed: people.error !== undefined || open.error !== undefined,
  }
}
