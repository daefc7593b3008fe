import { useMemo } from 'react'
import { failureText, useToasts } from '@millrace/app-design'
import type { RequestInput, RequestsOf } from '@millrace/contract'
import { useNamespace } from '@millrace/react'
import { chat, type InboxEntry } from '../contract.ts'

type Requests = RequestsOf<typeof chat>
type Opening = 'direct.open' | 'conversation.join' | 'conversation.create'

export function useChatRequests() {
  const namespace = useNamespace(chat)
  const toasts = useToasts()
  return useMemo(
    () => ({
      /** Asks for a conversation and shows it. Resolves with whether that was granted; where not, a toast says why. */
      open: async <N extends Opening>(name: N, input: RequestInput<Requests[N]>): Promise<boolean> => {
        try {
          const entry: InboxEntry = await namespace.request(name, input)
          location.hash = entry.id
          return true
        } catch (error) {
          toasts.show({ tone: 'bad', text: failureText(error) })
          return false
        }
      },
      /** People whose names fit, for lists that offer some. */
      suggest: async (query: string) => {
        const people = await namespace.request('people.search', { query })
        return people.map(({ id, name }) => ({ id, label: name }))
      },
    }),
    [namespace, toasts],
  )
}
