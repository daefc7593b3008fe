import { useEffect } from 'react'
import { useNamespace, useRequest } from '@millrace/react'
import { chat, type InboxEntry } from '../contract.ts'

/** Open conversations and people that fit, beyond the user's own conversations. Asks nothing for an empty query. */
export function useSearch(query: string, own: readonly InboxEntry[]) {
  const namespace = useNamespace(chat)
  const { ask: askPeople, ...people } = useRequest(namespace, 'people.search')
  const { ask: askOpen, ...open } = useRequest(namespace, 'conversation.search')
  useEffect(() => {
    if (query === '') return
    void askPeople({ query })
    void askOpen({ query })
  }, [askPeople, askOpen, query])
  return {
    people: people.data,
    conversations: open.data?.filter(({ id }) => !own.some((entry) => entry.id === id)),
    hasFailed: people.error !== undefined || open.error !== undefined,
  }
}
