import { useCallback } from 'react'
import { useNamespace } from '@millrace/react'
import { chat } from '../contract.ts'

/** People whose names fit, for the lists that offer some. */
export function useSuggestPeople() {
  const namespace = useNamespace(chat)
  return useCallback(
    async (query: string) =>
      (await namespace.request('people.search', { query })).map(({ id, name }) => ({ id, label: name })),
    [namespace],
  )
}
