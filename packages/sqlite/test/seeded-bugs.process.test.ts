import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { formatVerdict, judge, readRecords, type OracleRule } from '@millrace/testing'
import { copySources, type SourceCopy } from '@millrace/testing/faults'
import { expect, it } from 'vitest'
import type { Cycle } from './kill/run-kill-cycles.ts'

const root = join(import.meta.dirname, '../../..')
const parts = ['packages/sqlite/test/kill', 'packages/sqlite/test/fixtures']
const seed = 1
const killed: readonly Cycle[] = ['plain', 'deaf']
const rewound: readonly Cycle[] = ['copy', 'plain', 'restored']
const missed: readonly Cycle[] = ['plain', 'away']

/** How long members may take to come to the top, ms; a run that is as it should be does not wait for it. */
const patienceMs = 20_000
/** Where one of them never comes. */
const shortPatienceMs = 5_000

/** The verdict on a run of these sources, as text. */
async function judgeRun({ folder }: SourceCopy, cycles: readonly Cycle[], patience = patienceMs): Promise<string> {
  const program = join(folder, 'packages/sqlite/test/fixtures/kill-scenario.ts')
  const flags = ['--import', 'tsx', '--conditions=@millrace/source']
  const args = [...flags, program, String(seed), cycles.join(','), String(patience)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 2 ** 30 })
  const records = readRecords(stdout)
  return formatVerdict(judge(records), records, seed)
}

it.each([
  ['killed', killed],
  ['rewound', rewound],
  ['missed', missed],
])('[ORC20] the sources as they are: %s', async (_name, cycles) => {
  await using sources = await copySources(root, parts)
  expect(await judgeRun(sources, cycles)).toMatch(
    /^seed 1: 0 violations in \d{3,} attempts, \d{3,} acks, \d{3,} events/,
  )
})

async function expectRed(bug: string, cycles: readonly Cycle[], rule: OracleRule, patience?: number): Promise<void> {
  await using sources = await copySources(root, parts)
  await sources.apply(join(import.meta.dirname, 'bugs', `${bug}.patch`))
  expect(await judgeRun(sources, cycles, patience)).toMatch(new RegExp(`^seed 1: .*[( ]${rule} \\d+[,)]`))
}

it('[ORC30] red: acknowledge before storing', () => expectRed('acknowledge-before-storing', killed, 'stored'))
it('[ORC31] red: deliver without prev', () => expectRed('deliver-without-prev', rewound, 'order'))
it('[ORC32] red: no dedupe', () => expectRed('no-dedupe', killed, 'one-position'))
it('[ORC33] red: swallow a gap', () => expectRed('swallow-a-gap', missed, 'order'))
it('[ORC34] red: always report a gap', () => expectRed('always-report-a-gap', killed, 'needless-gap'))
it('[ORC35] red: skip the merge of live and history', () =>
  expectRed('skip-the-merge', killed, 'behind', shortPatienceMs))
