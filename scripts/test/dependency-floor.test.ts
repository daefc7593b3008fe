import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { repositoryRoot } from '../run-command.ts'

/** Older versions carry published advisories. */
const floors: Record<string, string> = {
  'socket.io': '4.8.4',
  'socket.io-parser': '4.2.7',
  'engine.io': '6.6.11',
  ws: '8.21.1',
}
// Old on purpose: the tests of what old clients still get.
const exempt = 'node_modules/socket.io-client-4.0/'

interface Installed {
  readonly name: string
  readonly version: string
  readonly path: string
}

function packagesOf(modules: string): string[] {
  if (!existsSync(modules)) return []
  return readdirSync(modules).flatMap((name) => {
    if (name.startsWith('.')) return []
    if (name.startsWith('@')) return readdirSync(join(modules, name)).map((inner) => join(modules, name, inner))
    return [join(modules, name)]
  })
}

/** Every installed copy, at any depth. */
function findInstalled(modules: string): Installed[] {
  return packagesOf(modules).flatMap((path) => {
    const file = join(path, 'package.json')
    const nested = findInstalled(join(path, 'node_modules'))
    if (!existsSync(file)) return nested
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name: string; version: string }
    return [{ name, version, path: relative(repositoryRoot, path) }, ...nested]
  })
}

function isBelow(version: string, floor: string): boolean {
  return version.localeCompare(floor, 'en', { numeric: true }) < 0
}

// Linked workspaces appear in node_modules as well, with the node_modules of their own.
const installed = findInstalled(join(repositoryRoot, 'node_modules'))

it.each(Object.entries(floors))('every copy of %s is at least %s', (name, floor) => {
  const copies = installed.filter((copy) => copy.name === name && !`${copy.path}/`.startsWith(exempt))
  expect(copies).not.toEqual([])
  expect(copies.filter((copy) => isBelow(copy.version, floor))).toEqual([])
})

it('compares versions by number', () => {
  expect(isBelow('8.9.0', '8.21.1')).toBe(true)
  expect(isBelow('8.21.10', '8.21.1')).toBe(false)
  expect(isBelow('8.21.1', '8.21.1')).toBe(false)
})
