import type { SeededRandom } from '@millrace/testing'
import * as bytes from '../attacks/update-bytes.ts'
import { updateBytes, type Place, type StructBytes } from '../attacks/update-bytes.ts'

/** Yjs itself writes nothing before what stands in front of what it writes it behind; where somebody does, order is anybody's. */
export type Places = 'any' | 'behind'

function struct(random: SeededRandom, clients: readonly number[], places: Places): StructBytes {
  const id = () => ({ client: random.pick(clients), clock: random.integer(30) })
  const maybe = <T>(value: T) => (random.integer(3) === 0 ? value : undefined)
  const origin = maybe(id())
  const rightOrigin = places === 'any' ? maybe(id()) : undefined
  const key = maybe(random.pick(['a', 'b', 'c']))
  const parent = random.integer(2) ? random.pick(['text', 'list', 'map', 'xml', '']) : id()
  const place = {
    parent,
    ...(origin && { origin }),
    ...(rightOrigin && { rightOrigin }),
    ...(key && { key }),
  } satisfies Place
  return random.pick<() => StructBytes>([
    () => bytes.text(random.pick(['x', 'longer', '🙂', '\u{FEFF}']), place),
    () => bytes.type(random.integer(7), place),
    () => bytes.raw(7, [3, 1, 112], place),
    () => bytes.raw(7, [5, 1, 112], place),
    () => bytes.any([random.integer(9), { a: [null] }], place),
    () => bytes.embed('{"a":1}', place),
    () => bytes.format('bold', random.pick(['true', 'null', '{"a":1}']), place),
    () => bytes.deleted(1 + random.integer(9), place),
    () => bytes.subdocument('guid', random.pick([{}, { autoLoad: true }, { gc: false, meta: 1 }]), place),
    () => bytes.raw(3, [2, 1, 2], place),
    () => bytes.raw(2, [2, 9, ...Buffer.from('undefined'), 1, 49], place),
    () => bytes.collected(1 + random.integer(9)),
  ])()
}

/** Well formed, senseless: references anywhere, types beside text, values of maps that are lists. */
export function senseless(
  random: SeededRandom,
  known: ReadonlyMap<number, number>,
  places: Places = 'any',
): Uint8Array {
  const clients = [1, 2, 300, 77, 4_000_000_000]
  const sections = clients
    .filter(() => random.integer(3) === 0)
    .map((client) => ({
      client,
      clock: random.integer(4) ? (known.get(client) ?? 0) : random.integer(1 + (known.get(client) ?? 0)),
      structs: Array.from({ length: 1 + random.integer(4) }, () => struct(random, clients, places)),
    }))
  const ranges = [[random.integer(20), 1 + random.integer(9)]] as const
  return updateBytes(sections, random.integer(2) ? [{ client: random.pick(clients), ranges }] : [])
}
