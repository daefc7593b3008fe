import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

it('[CON27] has no dependency of any kind', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >
  const dependencies = ['dependencies', 'peerDependencies', 'optionalDependencies'].map((kind) => manifest[kind] ?? {})
  expect(dependencies).toEqual([{}, {}, {}])
})
