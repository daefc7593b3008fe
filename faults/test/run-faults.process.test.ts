import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFleet, type Fleet } from '../fleet/start-fleet.ts'
import { startLoad } from '../load/start-load.ts'
import type { Row } from '../rows/row.ts'
import { runFaults } from '../run-faults.ts'
import { runRow } from '../run-row.ts'

const small = { count: 1 } as const
const seed = 7

/** A row of one node, one publisher and one reader. */
function row(id: string, run: Row['run']): Row {
  return { id, fleet: small, run }
}

async function carry(fleet: Fleet): Promise<void> {
  await using load = await startLoad(fleet, { seed, rooms: 1, publishers: 1, readers: 1, pauseMs: 5 })
  await load.settle()
}

const proven = row('proven', async (fleet, findings) => {
  await carry(fleet)
  findings.fault('it happened', true)
})
const empty = row('empty', async (_fleet, findings) => findings.fault('it happened', true))
const violation = row('violation', async (fleet, findings) => {
  await carry(fleet)
  findings.fault('it happened', true)
  fleet.journal.tell({ type: 'exit', actor: 'node9', code: 1, signal: null })
  const position = { epoch: 'one', offset: 1, id: 'a' }
  const nobodys = { actor: 'database', room: 'hall 9', position }
  fleet.journal.say({ ...nobodys, type: 'stored', key: 'a', prev: '', hash: '' })
  fleet.journal.say({ ...nobodys, type: 'top' })
})

async function run(args: readonly string[], rows: readonly Row[]) {
  const [lines, errors] = [[] as string[], [] as string[]]
  const output = { log: (line: string) => void lines.push(line), error: (line: string) => void errors.push(line) }
  return { code: await runFaults(args, rows, output), lines, errors }
}

const none = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`O${index + 1}`, 0]))

describe('a row', () => {
  let fleet: Fleet
  beforeAll(async () => {
    fleet = await startFleet({}, small)
  })
  afterAll(() => fleet[Symbol.asyncDispose]())
  const failuresOf = async (each: Row) => {
    const { ok, failures } = await runRow(each, fleet, { seed, isLong: false })
    expect(ok).toBe(failures.length === 0)
    return failures
  }

  it('[FLT11] passes with its proof, its promises and nothing against it', async () => {
    expect(await failuresOf(proven)).toEqual([])
  })

  it('[FLT11] fails where nothing proves its fault, or the proof does not hold', async () => {
    expect(await failuresOf(row('unproven', carry))).toEqual(['fault: nothing proves that it happened'])
    const failed = row('failed', async (own, findings) => {
      await carry(own)
      findings.fault('bytes vanished', false, 0)
      findings.result('nobody noticed', false, 3)
    })
    expect(await failuresOf(failed)).toEqual([
      'fault: not so: bytes vanished (0)',
      'result: not so: nobody noticed (3)',
    ])
  })

  it('[FLT11] fails where its rooms carried nothing', async () => {
    expect(await failuresOf(empty)).toEqual(['the rooms carried nothing'])
  })

  it('fails where it breaks off', async () => {
    const broken = row('broken', async (_fleet, findings) => {
      findings.fault('it happened', true)
      throw new Error('the bridge is gone')
    })
    expect((await failuresOf(broken)).join()).toContain('the bridge is gone')
  })

  it('[FLT10] fails where an oracle contradicts, and says how often each did', async () => {
    const { ok, oracles, failures } = await runRow(violation, fleet, { seed, isLong: false })
    expect([ok, oracles]).toEqual([false, { ...none, O4: 1, O6: 1 }])
    expect(failures.join()).toContain('node9 ended by itself')
    expect(failures.join()).toContain('invented')
  })
})

describe('a run', () => {
  it('[FLT10] ends with 0 where every row that was named passed', async () => {
    const { code, lines, errors } = await run(['proven', '--seed', `${seed}`], [empty, proven])
    expect([code, lines, errors]).toEqual([0, [expect.any(String), '1 passed, 0 failed'], []])
    expect(JSON.parse(lines[0] ?? '')).toEqual({ row: 'proven', seed, ok: true, oracles: none })
  })

  it('[FLT10] fails a row whose fleet does not start, and runs the next', async () => {
    const path = process.env.MILLRACE_REDIS
    process.env.MILLRACE_REDIS = '/nowhere/redis-server'
    try {
      const { code, lines, errors } = await run([], [proven, empty])
      expect([code, lines.length, lines.at(-1)]).toEqual([1, 3, '0 passed, 2 failed'])
      const results = lines.slice(0, 2).map((line) => JSON.parse(line) as { row: string; seed: number; ok: boolean })
      expect(results.map((result) => [result.row, result.ok])).toEqual([
        ['proven', false],
        ['empty', false],
      ])
      expect(results[0]?.seed).toBe(results[1]?.seed)
      expect(errors.join()).toContain('failed to execute /nowhere/redis-server')
    } finally {
      process.env.MILLRACE_REDIS = path
    }
  })

  it('[FLT10] refuses what it does not know, before it starts anything', async () => {
    for (const args of [['F99'], ['proven', 'F99'], ['--seed', 'x'], ['--sed', '1']]) {
      const { code, lines, errors } = await run(args, [proven, empty])
      expect([code, lines, errors.join()]).toEqual([1, [], expect.stringContaining('rows among proven, empty')])
    }
  })

  it('[FLT10] npm run faults ends with 1 where a row is not known', async () => {
    const [code, errors] = await new Promise<[unknown, string]>((resolve) => {
      execFile('npm', ['run', '-s', 'faults', '--', 'F99'], (error, _stdout, stderr) => resolve([error?.code, stderr]))
    })
    expect([code, errors]).toEqual([1, expect.stringMatching(/usage: npm run faults .* among F01, /)])
  })
})
