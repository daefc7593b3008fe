import { fail } from '@millrace/contract'
import { describe, expect, it } from 'vitest'
import type { Comment } from '../contract.ts'
import type { DeskRequest } from '../web/desk/desk-request.ts'
import { withTitleRequests } from '../web/desk/title-request.ts'
import { withUnsentComments } from '../web/desk/unsent-comments.ts'
import { withRequests } from '../web/desk/with-requests.ts'
import { withTitles } from '../web/list/with-titles.ts'
import { commentOn } from './store-fixture.ts'

const [ada, bob] = [
  { id: 'ada', name: 'Ada' },
  { id: 'bob', name: 'Bob' },
]
const reply = { id: 'r1', author: bob, at: 2, editedAt: null, text: 'No.' }
const comment: Comment = {
  ...commentOn('Is it?'),
  id: 'c1',
  author: bob,
  at: 1,
  editedAt: null,
  resolved: null,
  replies: [reply],
  rev: 1,
}

type Asked = Pick<DeskRequest, 'name' | 'input'>
let keys = 0
function request(asked: Asked, isFailed = false): DeskRequest {
  const state = isFailed ? 'failed' : 'pending'
  const error = isFailed ? fail('FORBIDDEN', 'no') : undefined
  return {
    key: `k${++keys}`,
    room: 'desk',
    params: { documentId: 'd' },
    at: 9,
    state,
    error,
    ...asked,
  } as DeskRequest
}

describe('comments with what waits', () => {
  const after = (...requests: DeskRequest[]) => withRequests(ada, [comment], requests)

  it('[COL93] shows a comment, replies to it and changes of it as they will be', () => {
    const add = request({ name: 'comment.add', input: commentOn(' New ') })
    const answer = request({ name: 'comment.reply', input: { id: add.key, text: 'Yes' } })
    const edit = request({ name: 'comment.edit', input: { id: add.key, replyId: answer.key, text: 'Yes!' } })
    const { comments, astray } = after(add, answer, edit)
    expect(astray).toEqual([])
    expect(comments).toEqual([
      comment,
      expect.objectContaining({ id: add.key, author: ada, at: 9, text: 'New', request: add }),
    ])
    expect(comments[1]?.replies).toEqual([
      { id: answer.key, author: ada, at: 9, editedAt: 9, text: 'Yes!', request: edit },
    ])
  })

  it('[COL93] shows what is resolved and what is to be deleted, and of both that it waits', () => {
    const resolve = request({ name: 'comment.resolve', input: { id: 'c1', isResolved: true } })
    const remove = request({ name: 'comment.remove', input: { id: 'c1', replyId: 'r1' } })
    const [shown] = after(resolve, remove).comments
    expect(shown).toMatchObject({ resolved: { by: ada, at: 9 }, request: resolve })
    expect(shown?.replies).toEqual([{ ...reply, request: remove }])
  })

  it('[COL93] shows nothing twice whose event came before its answer', () => {
    const add = { ...request({ name: 'comment.add', input: commentOn('Is it?') }), key: 'c1' }
    const answer = { ...request({ name: 'comment.reply', input: { id: 'c1', text: 'No.' } }), key: 'r1' }
    expect(after(add, answer).comments).toEqual([comment])
  })

  it('[COL94] leaves as it is what a refused request would have changed, and marks it', () => {
    const edit = request({ name: 'comment.edit', input: { id: 'c1', text: 'Other' } }, true)
    const resolve = request({ name: 'comment.resolve', input: { id: 'c1', isResolved: true } }, true)
    expect(after(edit, resolve).comments).toEqual([{ ...comment, request: edit }])
  })

  it('[COL94] keeps what was said to comments and replies that are gone', () => {
    const lost = [
      request({ name: 'comment.reply', input: { id: 'gone', text: 'Late' } }, true),
      request({ name: 'comment.edit', input: { id: 'c1', replyId: 'gone', text: 'Later' } }, true),
    ]
    expect(after(...lost)).toEqual({ comments: [comment], astray: lost })
    expect(withUnsentComments('Text', lost)).toBe('Text\n\n---\n\nComments that were never sent:\n\n- Late\n- Later\n')
  })
})

describe('titles with what waits', () => {
  const set = (title: string, isFailed = false) => request({ name: 'title.set', input: { title } }, isFailed)

  it('[COL93, COL94] is the newest that waits; one that was refused is told and changes nothing', () => {
    const [first, second, refused] = [set('One'), set(' Two '), set('Three', true)]
    expect(withTitleRequests('Zero', [])).toEqual({ title: 'Zero', request: undefined })
    expect(withTitleRequests('Zero', [first, second, refused])).toEqual({ title: 'Two', request: second })
    expect(withTitleRequests('Zero', [refused])).toEqual({ title: 'Zero', request: refused })
  })

  it('[COL93] is in the list of documents, too', () => {
    const entry = {
      id: 'd',
      title: 'Zero',
      role: 'owner' as const,
      owner: ada,
      at: 1,
      editedAt: 1,
      isForAll: false,
      rev: 1,
    }
    const other = { ...entry, id: 'e' }
    const waiting = set('One')
    const listed = withTitles([entry, other], [waiting as Parameters<typeof withTitles>[1][number]])
    expect(listed).toEqual([{ ...entry, title: 'One', titleRequest: waiting }, other])
  })
})
