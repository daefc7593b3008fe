import * as bytes from './update-bytes.ts'
import { updateBytes, type StructBytes } from './update-bytes.ts'

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

/** One client's update of nearly `most` bytes. */
function full(most: number, struct: (index: number) => StructBytes): Uint8Array {
  const sample = updateBytes([{ client: 2, clock: 0, structs: many(100, (index) => struct(index + 4_000)) }])
  return updateBytes([{ client: 2, clock: 0, structs: many(Math.floor((most - 50) / (sample.length / 100)), struct) }])
}

/** Each waits for the next. */
function waitingClients(count: number): Uint8Array {
  return updateBytes(
    many(count, (index) => {
      const place = index === count - 1 ? {} : { origin: { client: 1_000_001 + index, clock: 0 } }
      return { client: 1_000_000 + index, clock: 0, structs: [bytes.text('x', place)] }
    }),
  )
}

/** Each stands before what the one before it stands before: Yjs looks at all that came before for each. */
function overlapping(most: number): Uint8Array {
  const count = Math.floor(most / 8)
  const ahead = many(count, (index) => bytes.text('x', { rightOrigin: { client: 2, clock: count - 1 - index } }))
  return updateBytes([{ client: 2, clock: 0, structs: [bytes.text('x'.repeat(count)), ...ahead] }])
}

/** The most of each kind of work that updates of `most` bytes ask for; deletions are of client 1. All of them can be let in. */
export function heaviestUpdates(most: number): [string, Uint8Array][] {
  const clients = Math.floor(most / 15)
  return [
    ['text of one letter', full(most, () => bytes.text('x'))],
    ['long text of four bytes a sign', full(most, () => bytes.text('🙂'.repeat(1_000)))],
    [
      'clients',
      updateBytes(many(clients, (index) => ({ client: 1_000_000 + index, clock: 0, structs: [bytes.text('x')] }))),
    ],
    ['clients that wait for each other', waitingClients(clients)],
    [
      'deletions',
      updateBytes([], [{ client: 1, ranges: many(Math.floor(most / 4.5), (index) => [index * 2, 1] as const) }]),
    ],
    ['formats', full(most, () => bytes.format('b', '1'))],
    ['deep JSON', full(most, () => bytes.embed('['.repeat(90) + ']'.repeat(90)))],
    ['deep values', full(most, () => bytes.raw(8, [1, ...many(90, () => [117, 1]).flat(), 126]))],
    ['subdocuments', full(most, () => bytes.subdocument('', {}))],
    ['types', full(most, (index) => bytes.type(0, index % 150 ? { parent: { client: 2, clock: index - 1 } } : {}))],
    ['places that overlap', overlapping(most)],
    [
      'references in it',
      full(most, (index) => bytes.text('x', index ? { origin: { client: 2, clock: index >> 1 } } : {})),
    ],
  ]
}
