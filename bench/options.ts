import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { clusterContenderNames } from './cluster/cluster-node.ts'
import { contenderNames } from './contenders/contender.ts'
import { documentContenderNames } from './documents/document-contender.ts'
import { storeContenderNames } from './publish/store-contender.ts'
import { scenarios } from './scenarios/all.ts'
import type { Scenario } from './scenarios/scenario.ts'

export interface Options {
  readonly scenarios: readonly Scenario[]
  readonly contenders: readonly string[]
  /** Default 5. */
  readonly rounds: number
  /** Default 10,000. */
  readonly connections: number
  /** Default 60, and 15 where other scenarios are played too. */
  readonly stallSeconds: number
  /** A recorded trace of edits. */
  readonly traceFile: string | undefined
  readonly jsonFile: string | undefined
  /** A page of the results. Default of `all`: RESULTS.md of the bench. */
  readonly resultsFile: string | undefined
  readonly profileDir: string | undefined
}

const everyContender = [
  ...new Set<string>([...contenderNames, ...clusterContenderNames, ...storeContenderNames, ...documentContenderNames]),
]

const ownResults = fileURLToPath(new URL('RESULTS.md', import.meta.url))

const names = scenarios.map(({ name }) => name).join('|')

export const usage = `npm run bench -- ${names}|all [--rounds 5] [--connections 10000] [--stall-seconds 60, beside others 15] [--contenders a,b] [--trace FILE] [--json FILE] [--results FILE] [--profile DIR]`

/** @throws Error of one sentence that says what to write instead. */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '5' },
      connections: { type: 'string', default: '10000' },
      'stall-seconds': { type: 'string' },
      contenders: { type: 'string', default: everyContender.join(',') },
      trace: { type: 'string' },
      json: { type: 'string' },
      results: { type: 'string' },
      profile: { type: 'string' },
    },
  })
  const scenarios = scenariosOf(positionals)
  return {
    scenarios,
    contenders: contendersOf(values.contenders),
    rounds: countOf('--rounds', values.rounds, 1_000),
    connections: countOf('--connections', values.connections, 13_000),
    stallSeconds: countOf('--stall-seconds', values['stall-seconds'] ?? (scenarios.length === 1 ? '60' : '15'), 3_600),
    traceFile: values.trace,
    jsonFile: values.json,
    resultsFile: values.results ?? (positionals.includes('all') ? ownResults : undefined),
    profileDir: values.profile,
  }
}

function scenariosOf(chosen: readonly string[]): Scenario[] {
  if (chosen.length === 0) throw new Error('name a scenario, or all')
  const unknown = chosen.find((name) => name !== 'all' && !scenarios.some((scenario) => scenario.name === name))
  if (unknown !== undefined) throw new Error(`there is no scenario ${unknown}; name one of ${names}|all`)
  return scenarios.filter(({ name }) => chosen.includes(name) || chosen.includes('all'))
}

function contendersOf(list: string): string[] {
  return list.split(',').map((name) => {
    if (!everyContender.includes(name))
      throw new Error(`there is no contender "${name}"; name some of ${everyContender.join(',')}`)
    return name
  })
}

function countOf(option: string, text: string, most: number): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > most)
    throw new Error(`${option} takes a whole number from 1 to ${most}, not ${text}`)
  return count
}
