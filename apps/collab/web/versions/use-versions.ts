import { failureText } from '@millrace/app-design'
import { useEvent, useNamespace } from '@millrace/react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { collab } from '../../contract.ts'
import { useAsk } from '../use-ask.ts'

export interface Version {
  readonly id: string
  readonly kind: 'automatic' | 'named'
  readonly name: string
  readonly at: number
  readonly by: string | null
}

export interface Versions {
  /** The newest first; undefined: not known yet. */
  readonly list: readonly Version[] | undefined
  readonly failure: string | undefined
  readonly reload: () => void
  readonly save: (name: string) => Promise<Version | undefined>
  readonly rename: (id: string, name: string) => Promise<boolean>
  readonly remove: (id: string) => Promise<boolean>
  readonly restore: (id: string) => Promise<boolean>
  /** @throws MillraceError */
  readonly read: (id: string) => Promise<Uint8Array>
}

/** The kept versions of a document whose page the provider is in. Read while somebody looks, and again with every change. */
export function useVersions(documentId: string, isLookedAt: boolean): Versions {
  const namespace = useNamespace(collab)
  const room = useMemo(() => namespace.room('page', { documentId }), [namespace, documentId])
  const ask = useAsk()
  const [list, setList] = useState<readonly Version[]>()
  const [failure, setFailure] = useState<string>()
  const reload = useCallback(() => {
    room.request('version.list', {}).then(
      ({ versions }) => {
        setList(versions.toSorted((a, b) => b.at - a.at))
        setFailure(undefined)
      },
      (error: unknown) => setFailure(failureText(error)),
    )
  }, [room])
  const refresh = (): void => {
    if (isLookedAt) reload()
  }
  useEffect(() => {
    if (isLookedAt) reload()
  }, [isLookedAt, reload])
  useEvent(room, 'versions', refresh)
  useEvent(room, 'joined', refresh)
  const actions = useMemo(
    () => ({
      save: async (name: string) => (await ask(() => room.request('version.save', { name })))?.data,
      rename: async (id: string, name: string) =>
        Boolean(await ask(() => room.request('version.rename', { id, name }))),
      remove: async (id: string) => Boolean(await ask(() => room.request('version.remove', { id }))),
      restore: async (id: string) => Boolean(await ask(() => room.request('version.restore', { id }))),
      read: async (id: string) => (await room.request('version.read', { id })).update,
    }),
    [room, ask],
  )
  return { list, failure, reload, ...actions }
}
