import { join } from 'node:path'
import { copySources, startProcess, type SourceCopy } from '@millrace/testing/faults'
import type { ClusterRule, OracleRule } from '@millrace/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const seed = 1

/** How long a run that is as it should be may wait, ms; it does not. */
const patienceMs = 20_000
/** Where what is waited for never comes: longer than it takes to compare, to be found deaf, to be taken for dead. */
const untilBehindMs = 4_000
const untilDeafMs = 12_500
const untilDeadMs = 16_500

let sound: SourceCopy
let sick: SourceCopy
beforeAll(async () => {
  ;[sound, sick] = await Promise.all([copySources(root, ['faults']), copySources(root, ['faults'])])
})
afterAll(async () => {
  for (const sources of [sound, sick]) await sources[Symbol.asyncDispose]()
})

/** What was wrong in a run of these sources. */
async function failuresOf({ folder }: SourceCopy, scenario: string, patience: number): Promise<readonly string[]> {
  const program = join(folder, 'faults/scenarios/main.ts')
  await using runner = await startProcess({
    command: process.execPath,
    args: ['--import', 'tsx', '--conditions=@millrace/source', program, scenario, `${seed}`, `${patience}`],
    isReady: (line) => line.startsWith('{"failures":'),
  })
  await runner.exited
  return (JSON.parse(runner.readyLine) as { failures: readonly string[] }).failures
}

async function expectRed(
  bug: string,
  scenario: string,
  rule: OracleRule | ClusterRule,
  patience: number,
): Promise<void> {
  const patch = join(import.meta.dirname, 'bugs', `${bug}.patch`)
  await sick.apply(patch)
  try {
    const [green, red] = await Promise.all([
      failuresOf(sound, scenario, patienceMs),
      failuresOf(sick, scenario, patience),
    ])
    expect(green).toEqual([])
    expect(red.join('\n')).toMatch(new RegExp(`^(seed ${seed}: .*[( ]${rule} \\d+[,)]|${rule}: )`, 'm'))
    // Nothing but the judge says so: the fault was the same.
    expect(red.filter((failure) => /^(fault|result|Error):/.test(failure))).toEqual([])
  } finally {
    await sick.revert(patch)
  }
}

it('[ORC36] red: no tail comparison', () => expectRed('no-tail-comparison', 'lostMessage', 'behind', untilBehindMs))
it('[ORC37] red: no id check at a rewind', () => expectRed('no-id-check', 'restoredRedis', 'order', untilBehindMs))
it('[ORC38] red: no reaper', () => expectRed('no-reaper', 'deadNode', 'presence', untilDeadMs))
it('[ORC39] red: no probe', () => expectRed('no-probe', 'deafNode', 'hearing', untilDeafMs))
it('[ORC45] red: the reply to a publish moves the top', () =>
  expectRed('reply-moves-top', 'lostMessage', 'delivered', untilBehindMs))
it('[ORC46] red: an unbounded queue', () => expectRed('unbounded-queue', 'frozenRedis', 'baseline', untilBehindMs))
