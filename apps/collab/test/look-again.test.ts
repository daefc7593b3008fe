import type { Middleware } from '@millrace/server'
import { expect, it } from 'vitest'
import type { Role } from '../contract.ts'
import { lookAgain } from '../handlers/look-again.ts'

/** A join of Ada's during which her role becomes that one. */
async function join(before: Role | undefined, after: Role | undefined, name = '~join') {
  let role = before
  const out: string[] = []
  const middleware = lookAgain({
    role: (documentId, userId) => Promise.resolve(`${documentId} ${userId}` === 'plan ada' ? role : undefined),
    putOut: (documentId, connectionId) => void out.push(`${documentId} ${connectionId}`),
  })
  const context = { name, input: { params: { documentId: 'plan' } }, user: { id: 'ada' }, connection: { id: 'c1' } }
  const next = (): Promise<unknown> => {
    role = after
    return Promise.resolve('joined')
  }
  const answer: unknown = await middleware(context as Parameters<Middleware>[0], next)
  expect(answer).toBe('joined')
  return out
}

it('[COL31] whose role changes while a join is under way is put out after it', async () => {
  expect(await join('editor', 'reader')).toEqual(['plan c1'])
  expect(await join('editor', undefined)).toEqual(['plan c1'])
  expect(await join('editor', 'editor')).toEqual([])
  expect(await join('editor', 'reader', 'comment.add')).toEqual([])
})
