import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { highlight } from '../web/page/highlight.ts'

const folder = join(import.meta.dirname, '../excerpt')

it('[HOM16] colours comments, texts and words of the language', () => {
  expect(highlight("const a = 'from' // from here\nawait it")).toEqual([
    { kind: 'word', code: 'const' },
    { kind: 'plain', code: ' a = ' },
    { kind: 'text', code: "'from'" },
    { kind: 'plain', code: ' ' },
    { kind: 'comment', code: '// from here' },
    { kind: 'plain', code: '\n' },
    { kind: 'word', code: 'await' },
    { kind: 'plain', code: ' it' },
  ])
})

it.each(readdirSync(folder))('[HOM16] changes nothing of %s', (name) => {
  const code = readFileSync(join(folder, name), 'utf8')
  expect(
    highlight(code)
      .map((part) => part.code)
      .join(''),
  ).toBe(code)
})
