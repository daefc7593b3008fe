import type { Position } from '@millrace/contract'
import type { Evidence, Line } from './evidence.ts'

type SightingLine = Line<'ack'> | Line<'event'> | Line<'stored'>

export interface Sighting {
  readonly position: Position
  /** The first one. */
  readonly line: SightingLine
}

/** All that is known of one operation. */
export interface Operation {
  readonly key: string
  readonly attempts: readonly Line<'attempt'>[]
  /** Each place where it was seen in the log, in the order of the lines. */
  readonly sightings: readonly Sighting[]
  readonly acks: readonly Line<'ack'>[]
  readonly refusals: readonly Line<'refused'>[]
}

interface Growing {
  key: string
  attempts: Line<'attempt'>[]
  sightings: Sighting[]
  acks: Line<'ack'>[]
  refusals: Line<'refused'>[]
}

/** By key; a key that nobody attempted has no attempts. */
export function readOperations(evidence: Evidence): ReadonlyMap<string, Operation> {
  const operations = new Map<string, Growing>()
  const get = (key: string): Growing => {
    const known = operations.get(key)
    if (known) return known
    const operation: Growing = { key, attempts: [], sightings: [], acks: [], refusals: [] }
    operations.set(key, operation)
    return operation
  }
  const see = (line: SightingLine): void => {
    const { key, position } = line.record
    if (key === null) return
    const { sightings } = get(key)
    if (!sightings.some((sighting) => isSame(sighting.position, position))) sightings.push({ position, line })
  }
  for (const line of evidence.of('attempt')) get(line.record.key).attempts.push(line)
  for (const line of evidence.of('refused')) get(line.record.key).refusals.push(line)
  for (const line of evidence.of('ack')) get(line.record.key).acks.push(line)
  for (const line of evidence.lines) if (isSighting(line)) see(line)
  return operations
}

function isSighting(line: Line): line is SightingLine {
  const { type } = line.record
  return type === 'ack' || type === 'event' || type === 'stored'
}

function isSame(a: Position, b: Position): boolean {
  return a.id === b.id && a.offset === b.offset && a.epoch === b.epoch
}
