import { failureText, useToasts } from '@millrace/app-design'
import type { RequestInput, RequestsOf } from '@millrace/contract'
import { useNamespace } from '@millrace/react'
import { chat, type InboxEntry } from '../contract.ts'

type Opening = 'direct.open' | 'conversation.join' | 'conversation.create'

/** Asks for a conversation and shows it; says why where that is refused. Resolves with what was refused in plain words. */
export function useOpen() {
  const namespace = useNamespace(chat)
  const toasts = useToasts()
  return async <N extends Opening>(name: N, input: RequestInput<RequestsOf<typeof chat>[N]>): Promise<boolean> => {
    try {
      const { id }: InboxEntry = await namespace.request(name, input)
      location.hash = id
      return true
    } catch (error) {
      toasts.show({ tone: 'bad', text: failureText(error) })
      return false
    }
  }
}
