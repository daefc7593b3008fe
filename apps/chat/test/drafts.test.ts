import { fail, MillraceError } from '@millrace/contract'
import { expect, it } from 'vitest'
import { withDraft, withoutDraft, withoutPosted, withoutStored, withState } from '../web/drafts.ts'
import { failureText } from '../web/failure-text.ts'

const two = withDraft(withDraft([], 'k1', 'one', 1), 'k2', 'two', 2)
const posted = {
  position: { epoch: 'e', offset: 1, id: 'x' },
  key: 'k1',
  at: 1,
  message: { id: 'm', author: { id: 'u', name: 'Ada' }, text: 'one' },
}

it('[APP13] a draft leaves when the log shows its key, whether or not it was acknowledged before', () => {
  expect(withoutPosted(two, [posted]).map(({ key }) => key)).toEqual(['k2'])
  expect(withoutPosted(withState(two, 'k1', 'stored'), [posted]).map(({ key }) => key)).toEqual(['k2'])
  expect(withState(withoutPosted(two, [posted]), 'k1', 'stored').map(({ key }) => key)).toEqual(['k2'])
})

it('[APP17] what was acknowledged and is not in the history any more leaves; what waits or failed stays', () => {
  const three = withState(withState(withDraft(two, 'k3', 'three', 3), 'k1', 'stored'), 'k2', 'failed', 'why')
  expect(withoutStored(three).map(({ key }) => key)).toEqual(['k2', 'k3'])
})

it('[APP16] a failed draft keeps its key and place, says why, and may be discarded', () => {
  const failed = withState(two, 'k1', 'failed', 'Not sent.')
  expect(failed[0]).toMatchObject({ key: 'k1', text: 'one', state: 'failed', why: 'Not sent.' })
  expect(withState(failed, 'k1', 'waiting')[0]).toMatchObject({ key: 'k1', state: 'waiting', why: '' })
  expect(withoutDraft(failed, 'k1').map(({ key }) => key)).toEqual(['k2'])
})

it('[APP16] each failure has its sentence', () => {
  expect(
    failureText(new MillraceError<'SLOW_MODE', { waitMs: number }>('SLOW_MODE', '', { data: { waitMs: 1_200 } })),
  ).toMatch(/in 2 s/)
  expect(failureText(fail('OUTCOME_UNKNOWN', ''))).toMatch(/will not repeat it/)
  expect(failureText(fail('TIMEOUT', ''))).toMatch(/no connection/)
  expect(failureText(fail('UNAVAILABLE', ''))).toMatch(/busy/)
  expect(failureText(fail('INVALID_INPUT', 'too long'))).toBe('Not sent: too long')
})
