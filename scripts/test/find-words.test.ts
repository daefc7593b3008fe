import { expect, it } from 'vitest'
import { findWords } from '../find-words.ts'

const root = '/machine/checkout'
const find = (path: string, text: string) => findWords(path, text, root)
// Put together here, since the check reads this file too.
const joined = (...parts: string[]) => parts.join('')

it.each([
  ['the checkout', `see ${root}/a.ts`],
  ['its parent', 'see "/machine/other"'],
  ['the temporary folder', joined('see /tm', 'p/jobs/1')],
])('finds a path of the machine: %s', (_name, text) => {
  expect(find('docs/a.md', `first\n${text}`)).toEqual([expect.stringMatching(/^docs\/a\.md:2: .* is a path/)])
})

it.each(['src/machine/a.ts', 'https://example.com/machine/a', '/machinery', './machine/other'])(
  'leaves %s alone',
  (text) => {
    expect(find('docs/a.md', text)).toEqual([])
  },
)

it('finds the host of a registry in the lock file', () => {
  const line = '"resolved": "https://registry.example/a.tgz"'
  expect(find('package-lock.json', line)).toHaveLength(1)
  expect(find('docs/a.json', line)).toEqual([])
})

it.each([
  joined('// TO', 'DO later'),
  joined('// FIX', 'ME'),
  joined('it.on', "ly('a')"),
  joined('it.sk', "ip('a')"),
  joined('it.to', "do('a')"),
])('finds %s in source, not in prose', (text) => {
  expect(find('packages/a/src/a.ts', text)).toHaveLength(1)
  expect(find('docs/a.md', text)).toEqual([])
})
