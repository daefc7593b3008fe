import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatVerdict, judge } from '@millrace/testing'
import { expect, it } from 'vitest'
import { runKillCycles, type Cycle } from './kill/run-kill-cycles.ts'

const isLong = process.env.MILLRACE_LONG === '1'
const tenCycles: readonly Cycle[] = [
  'plain',
  'away',
  'copy',
  'deaf',
  'restored',
  'deaf',
  isLong ? 'far' : 'away',
  'erased',
  'plain',
  'deaf',
]
const rounds = isLong ? 10 : 1
const seed = Number(process.env.MILLRACE_SEED ?? 20_261_120)

it(`[ORC20, ORC21] a server that is killed ${10 * rounds} times loses, repeats and reorders nothing`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-kill-'))
  try {
    const cycles = Array.from({ length: rounds }, () => tenCycles).flat()
    const { records, inFlight, isSettled } = await runKillCycles({ seed, cycles, folder, patienceMs: 20_000 })
    const verdict = judge(records)
    expect(formatVerdict(verdict, records, seed)).toMatch(/: 0 violations in /)
    expect({ seed, isSettled }).toEqual({ seed, isSettled: true })
    expect(inFlight).toHaveLength(cycles.length)
    expect(Math.min(...inFlight)).toBeGreaterThanOrEqual(20)
    // What the run has shown.
    expect(verdict.counts.acks).toBeGreaterThan(50 * cycles.length)
    const reasons = records.flatMap((record) => (record.type === 'gap' ? [record.reason] : []))
    expect(new Set(reasons)).toEqual(new Set(['trimmed', 'rewound', 'epoch']))
  } finally {
    await rm(folder, { recursive: true })
  }
})
