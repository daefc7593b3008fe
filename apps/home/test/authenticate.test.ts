import { expect, it } from 'vitest'
import { authenticate } from '../authenticate.ts'

const secret = 'a'.repeat(64)
const userOf = (auth: Record<string, unknown>) => authenticate({ auth })?.user

it('[APP8] the id comes from the secret alone, and does not show it', () => {
  const ada = userOf({ secret, name: 'Ada' })
  expect(ada).toEqual({ id: expect.stringMatching(/^[\w-]{22}$/), name: 'Ada' })
  expect(userOf({ secret, name: 'Countess' })?.id).toBe(ada?.id)
  expect(userOf({ secret: 'b'.repeat(64), name: 'Ada' })?.id).not.toBe(ada?.id)
  expect(ada?.id).not.toContain('aaaa')
})

it.each([[undefined], [''], ['short'], [42], ['x'.repeat(200)], [{ toString: () => secret }]])(
  '[APP8] lets nobody in with the secret %o',
  (wrong) => expect(authenticate({ auth: { secret: wrong, name: 'Ada' } })).toBeNull(),
)

it('[APP8] an id is no secret: who sends it is somebody else, or nobody', () => {
  const id = userOf({ secret, name: 'Ada' })?.id
  expect(authenticate({ auth: { id, name: 'Ada' } })).toBeNull()
  expect(authenticate({ auth: { secret: id, name: 'Ada' } })).toBeNull()
})

it('[APP9] trims a name', () => {
  expect(userOf({ secret, name: '  Ada Lovelace ' })?.name).toBe('Ada Lovelace')
  expect(userOf({ secret, name: 'x'.repeat(40) })?.name).toHaveLength(40)
  expect(userOf({ secret, name: 'عائشة 👩‍👩‍👧' })?.name).toBe('عائشة 👩‍👩‍👧')
})

it.each([[undefined], [''], ['   '], ['x'.repeat(41)], ['two\nlines'], ['turned\u202Eround'], [7]])(
  '[APP9] refuses the name %o',
  (name) =>
    expect(() => authenticate({ auth: { secret, name } })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' })),
)
