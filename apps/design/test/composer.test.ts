import { describe, expect, it } from 'vitest'
import { mentionQuery } from '../src/composer/mention-query.ts'
import { mentionedIds } from '../src/composer/suggestion.ts'

describe('mentions in a text', () => {
  it.each([
    ['@', 1, { start: 0, query: '' }],
    ['hello @ad', 9, { start: 6, query: 'ad' }],
    ['hello @ad and more', 9, { start: 6, query: 'ad' }],
    ['(@Ägnes-M.', 10, { start: 1, query: 'Ägnes-M.' }],
    ['line\n@x', 7, { start: 5, query: 'x' }],
    ['ada@example', 11, undefined],
    ['@ad ', 4, undefined],
    ['@@', 2, undefined],
    ['no', 2, undefined],
    [`@${'a'.repeat(41)}`, 42, undefined],
  ])('[DSG31] in %j with the caret at %i it is %j', (text, caret, expected) => {
    expect(mentionQuery(text, caret)).toEqual(expected)
  })

  it('[DSG32] counts who was chosen and is still named, once', () => {
    const ada = { id: 'u1', label: 'Ada' }
    const grace = { id: 'u2', label: 'Grace Hopper' }
    expect(mentionedIds('@Ada and @Grace Hopper, @Ada', [ada, grace, ada])).toEqual(['u1', 'u2'])
    expect(mentionedIds('@Grace and Ada', [ada, grace])).toEqual([])
  })
})
