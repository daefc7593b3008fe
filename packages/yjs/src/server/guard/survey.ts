import { MillraceError } from '@millrace/contract'
import { integrationSteps } from './integration-steps.ts'
import { itemsOf, type DocumentPart } from './items.ts'
import { MapValues, type KeptMapValues } from './map-values.ts'
import { orderStructs } from './order-structs.ts'
import { readUpdate, type Section, type Struct } from './read-update.ts'

/** What must be known of a document before it can take more. */
export interface Survey {
  /** How many neighbours a reader looks at to put everything in its place, at most; above `mostSteps` nobody counted on. */
  readonly steps: number
  /** At how many the last update looks itself, at most, as it was written; above `freeSteps` nobody counted on. */
  readonly own: number
  readonly items: number
  readonly values: KeptMapValues
  /** Whether the last update splits a value of a map. */
  readonly splits: boolean
}

/** What a reader may have to look at besides, however small the document is: a third of a second. */
const stepsOfAny = 2_000_000
/** What an update may cost readers where a document costs them too much as it is: less than it takes to apply it. */
export const freeSteps = 1_000
/** For each item: less than it takes to read it. */
const stepsPerItem = 100

export function mostSteps(items: number): number {
  return stepsOfAny + stepsPerItem * items
}

/**
 * Looks at the document that `updates` make in this order, without making it: in time that grows with its bytes and with `mostSteps`.
 * What cannot be read is left out: no reader has it either.
 */
export function survey(updates: readonly Uint8Array[]): Survey {
  const known = new Map<number, number>()
  const parts: DocumentPart[] = []
  const values = new MapValues()
  let splits = false
  for (const update of updates) {
    const part = partOf(update, known)
    if (!part) continue
    splits = update === updates.at(-1) && values.splits(part)
    values.take(part)
    for (const { client, to } of part.places) known.set(client, to)
    parts.push(part)
  }
  const items = itemsOf(parts)
  const most = mostSteps(items.count) + freeSteps
  const asWritten = parts.flatMap(({ places }) => places)
  const last = parts.at(-1)
  const ownFrom = last?.update === updates.at(-1) ? asWritten.length - (last?.places.length ?? 0) : asWritten.length
  // As who opens the document later gets it, one client after another.
  const asMerged = orderStructs({ sections: mergedSections(parts) }, new Map(), Infinity).places
  const written = integrationSteps(items, asWritten, most, ownFrom, freeSteps)
  const steps = Math.max(written.steps, integrationSteps(items, asMerged, most).steps)
  return { steps, own: written.own, items: items.count, values: values.kept, splits }
}

function partOf(update: Uint8Array, known: ReadonlyMap<number, number>): DocumentPart | undefined {
  try {
    const read = readUpdate(update)
    return { update, places: orderStructs(read, known, Infinity).places, deletions: read.deletions }
  } catch (error) {
    if (error instanceof MillraceError) return undefined
    throw error
  }
}

function mergedSections(parts: readonly DocumentPart[]): Map<number, Section> {
  const structs = new Map<number, Struct[]>()
  for (const { places } of parts) {
    for (const { client, from, to, origin, struct } of places) {
      const of = structs.get(client) ?? []
      structs.set(client, of)
      of.push(from === struct.clock ? struct : { ...struct, clock: from, length: to - from, origin })
    }
  }
  const sections = [...structs].map(([client, of]): [number, Section] => {
    const last = of.at(-1) as Struct
    return [client, { client, clock: 0, end: last.clock + last.length, structs: of, endAt: 0 }]
  })
  return new Map(sections.toSorted(([one], [other]) => other - one))
}
