import { expect, it } from 'vitest'
import { UserName } from '../user-name.ts'

it.each([
  ['  Ada Lovelace ', 'Ada Lovelace'],
  ['x'.repeat(40), 'x'.repeat(40)],
  ['عائشة 👩‍👩‍👧', 'عائشة 👩‍👩‍👧'],
  ["O'Brien & Söhne", "O'Brien & Söhne"],
])('[APP9] takes the name %o', (name, taken) => expect(UserName.parse(name)).toBe(taken))

it.each([
  [undefined, 'a name is text; write one'],
  [7, 'a name is text; write one'],
  ['', 'a name has 1 to 40 characters; write one'],
  ['   ', 'a name has 1 to 40 characters; write one'],
  ['x'.repeat(41), 'a name has 1 to 40 characters; choose a shorter one'],
  ['two\nlines', 'a name stands on one line, without control characters; choose another'],
  ['turned\u202Eround', 'a name stands on one line, without control characters; choose another'],
  ['\u200B\u200B', 'a name has a character that can be seen; choose another'],
  ['<script>alert(1)</script>', 'a name has no < and no >; choose another'],
])('[APP9] refuses the name %o in words for people', (name, message) => {
  expect(UserName.safeParse(name).error?.issues.map((issue) => issue.message)).toContain(message)
})
