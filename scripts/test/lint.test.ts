import { expect, it } from 'vitest'
import { runCommand, toolPath } from '../run-command.ts'
import { createTemporaryFolder } from './temporary-folder.ts'

const project =
  '{ "extends": "../../tsconfig.base.json", "compilerOptions": { "lib": ["es2023", "dom"] }, "include": ["src"] }'

/** `path:rule`, one for each problem that oxlint finds in these files with the repository's rules. */
async function lint(sources: Record<string, string>): Promise<string[]> {
  const projects = { 'packages/server/tsconfig.json': project, 'packages/client/tsconfig.json': project }
  using folder = createTemporaryFolder({ ...projects, ...sources }, ['.oxlintrc.json', 'tsconfig.base.json'])
  const env = { ...process.env, OXLINT_TSGOLINT_PATH: toolPath('tsgolint') }
  const { output } = await runCommand(toolPath('oxlint'), ['--format=unix'], { cwd: folder.root, env })
  return [...output.matchAll(/^([^:\n]+):.*\[\w+\/(.+)\]$/gm)].map((match) => `${match[1]}:${match[2]}`)
}

it('finds a promise that nobody awaits', async () => {
  const text = 'export async function send() {}\nexport function notify() {\n  send()\n}\n'
  expect(await lint({ 'packages/server/src/a.ts': text })).toEqual([
    'packages/server/src/a.ts:typescript(no-floating-promises)',
  ])
})

it('finds a promise where nothing is expected', async () => {
  const text = 'export async function send() {}\nexport const all = (xs: number[]) => xs.forEach(send)\n'
  expect(await lint({ 'packages/server/src/a.ts': text })).toEqual([
    'packages/server/src/a.ts:typescript(no-misused-promises)',
  ])
})

it('finds an explicit any', async () => {
  expect(await lint({ 'packages/client/src/a.ts': 'export const same = (value: any) => value\n' })).toEqual([
    'packages/client/src/a.ts:typescript(no-explicit-any)',
  ])
})

it('finds a cycle', async () => {
  const found = await lint({
    'packages/server/src/a.ts': "import { b } from './b.ts'\nexport const a = () => b()\n",
    'packages/server/src/b.ts': "import { a } from './a.ts'\nexport const b = (): unknown => a()\n",
  })
  expect(found.toSorted()).toEqual([
    'packages/server/src/a.ts:import(no-cycle)',
    'packages/server/src/b.ts:import(no-cycle)',
  ])
})

const impure = {
  'the clock': ['export const now = () => Date.now()', 'no-restricted-globals'],
  'the date': ['export const now = () => new Date()', 'no-restricted-globals'],
  'a timer': ['export const later = (f: () => void) => setTimeout(f, 1)', 'no-restricted-globals'],
  'a timer by way of globalThis': [
    'export const later = (f: () => void) => globalThis.setTimeout(f, 1)',
    'no-restricted-globals',
  ],
  chance: ['export const roll = () => Math.random()', 'no-restricted-properties'],
  files: ["import { readFileSync } from 'node:fs'\nexport const read = readFileSync", 'no-restricted-imports'],
  'a timer by import': [
    "import { setTimeout as sleep } from 'node:timers/promises'\nexport const wait = sleep",
    'no-restricted-imports',
  ],
  'a test library': ["import { z } from 'zod'\nexport const schema = z", 'no-restricted-imports'],
} as const

it.each(Object.entries(impure))('finds %s in the core', async (_name, [text, rule]) => {
  expect(await lint({ 'packages/server/src/a.ts': `${text}\n` })).toEqual([`packages/server/src/a.ts:eslint(${rule})`])
})

it('finds the console in a composition root too', async () => {
  expect(await lint({ 'packages/server/src/create-server.ts': "console.log('up')\n" })).toEqual([
    'packages/server/src/create-server.ts:eslint(no-console)',
  ])
})

it('allows IO in composition roots, system files, transport and tests', async () => {
  const text = 'export const now = () => Date.now()\nexport const later = (f: () => void) => setTimeout(f, 1)\n'
  const paths = [
    'packages/server/src/create-server.ts',
    'packages/client/src/create-client.ts',
    'packages/client/src/system-clock.ts',
    'packages/server/src/transport/listen.ts',
    'packages/server/src/a.test.ts',
    'packages/server/test/a.test.ts',
  ]
  expect(await lint(Object.fromEntries(paths.map((path) => [path, text])))).toEqual([])
})

it('allows queueMicrotask and the types of IO in the core', async () => {
  const text =
    "import type { Server } from 'node:http'\nexport const soon = (f: () => void) => queueMicrotask(f)\nexport type When = Date\nexport type Http = Server\n"
  expect(await lint({ 'packages/server/src/a.ts': text })).toEqual([])
})
