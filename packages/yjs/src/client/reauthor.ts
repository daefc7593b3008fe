import * as Y from 'yjs'
import type { Span } from '../update/deletions.ts'
import { writeUpdate, type Section } from '../update/write-update.ts'

/** Of one client id the clocks from `from` on are those of `to` from 0 on. */
interface Alias {
  readonly from: number
  readonly to: number
}

/**
 * The same edits under new client ids. For a document that has all but these edits: in one that has them they would come twice.
 *
 * @param update Version 1, and contiguous for each client id.
 * @param newId Draws a client id.
 */
export function reauthor(update: Uint8Array, newId: () => number): Uint8Array {
  const { structs, ds } = Y.decodeUpdate(update)
  const aliases = new Map<number, Alias>()
  const sections = new Map<number, Section & { readonly structs: Y.AbstractStruct[] }>()
  for (const { id } of structs) if (!aliases.has(id.client)) aliases.set(id.client, { from: id.clock, to: newId() })
  for (const struct of structs) {
    struct.id = renamed(struct.id, aliases)
    if (struct instanceof Y.Item) {
      struct.origin &&= renamed(struct.origin, aliases)
      struct.rightOrigin &&= renamed(struct.rightOrigin, aliases)
      if (struct.parent instanceof Y.ID) struct.parent = renamed(struct.parent, aliases)
    }
    const section = sections.get(struct.id.client) ?? { from: 0, structs: [] }
    section.structs.push(struct)
    sections.set(struct.id.client, section)
  }
  const deletions = new Map<number, Span[]>()
  for (const [client, spans] of ds.clients) {
    for (const span of spans) {
      for (const [author, part] of splitSpan(client, span, aliases.get(client))) {
        deletions.set(author, [...(deletions.get(author) ?? []), part])
      }
    }
  }
  return writeUpdate(sections, deletions)
}

function renamed(id: Y.ID, aliases: ReadonlyMap<number, Alias>): Y.ID {
  const alias = aliases.get(id.client)
  return alias && id.clock >= alias.from ? Y.createID(alias.to, id.clock - alias.from) : id
}

function splitSpan(client: number, { clock, len }: Span, alias: Alias | undefined): [number, Span][] {
  if (!alias || clock + len <= alias.from) return [[client, { clock, len }]]
  const kept = Math.max(0, alias.from - clock)
  const moved: [number, Span] = [alias.to, { clock: clock + kept - alias.from, len: len - kept }]
  return kept > 0 ? [[client, { clock, len: kept }], moved] : [moved]
}
