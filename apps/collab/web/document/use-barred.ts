import { useNamespace } from '@millrace/react'
import { useEffect, useState } from 'react'
import { collab } from '../../contract.ts'
import { isBarred } from '../copy/is-barred.ts'

/** Whether the server has said for certain that the document is not for this user. Asked where its desk was refused. */
export function useBarred(documentId: string, userId: string, isRefused: boolean): boolean {
  const namespace = useNamespace(collab)
  const [isCertain, setCertain] = useState(false)
  useEffect(() => {
    if (!isRefused) return
    let isHere = true
    isBarred(namespace, userId, documentId).then(
      (answer) => isHere && setCertain(answer),
      // It says nothing: the copy stays.
      () => undefined,
    )
    return () => {
      isHere = false
      setCertain(false)
    }
  }, [namespace, documentId, userId, isRefused])
  return isRefused && isCertain
}
