import * as Y from 'yjs'
import { examine, type Verdict } from '../../src/server/guard/examine.ts'
import { MapValues } from '../../src/server/guard/map-values.ts'
import { harmful } from '../../src/server/guard/refuse.ts'

export const limits = { maxUpdateBytes: 4_000_000, bytesLeft: 30_000_000 }

/** A document that takes only what the guard lets in; the oracle is Yjs itself. */
export class GuardedDocument {
  readonly doc = new Y.Doc()
  /** What would be stored, in this order. */
  readonly log: Uint8Array[] = []
  readonly #values = new MapValues()

  get known(): Map<number, number> {
    return Y.decodeStateVector(Y.encodeStateVector(this.doc))
  }

  look(update: Uint8Array): Verdict {
    const verdict = examine(update, this.known, limits)
    if (!verdict.ok || !verdict.placed || !this.#values.splits(verdict.placed)) return verdict
    return { ok: false, error: harmful('it splits a value') }
  }

  take(update: Uint8Array): Verdict {
    const verdict = this.look(update)
    if (verdict.ok && verdict.adds) {
      Y.applyUpdate(this.doc, verdict.update, 'remote')
      this.log.push(verdict.update)
      if (verdict.placed) this.#values.take(verdict.placed)
    }
    return verdict
  }

  /** A document of its own with the same state. */
  copy(): Y.Doc {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.doc))
    return doc
  }
}

export function pendingOf(doc: Y.Doc): unknown {
  return doc.store.pendingStructs ?? doc.store.pendingDs
}

/**
 * What documents are, whatever their structs are merged into; subdocuments as the JSON of them. Deletions are not compared: each
 * replica of a formatted text deletes marks that have become useless for itself. Nor is a character of two code units told from two
 * that were lost: where a format that changes nothing begins within it, Yjs puts U+FFFD for both and tells no other replica.
 */
export function contentOf(doc: Y.Doc): unknown {
  const content: unknown = JSON.parse(
    JSON.stringify({
      clocks: [...Y.decodeStateVector(Y.encodeStateVector(doc))].toSorted(([a], [b]) => a - b),
      text: doc.getText('text').toDelta(),
      list: doc.getArray('list').toJSON(),
      map: doc.getMap('map').toJSON(),
      xml: doc.getXmlFragment('xml').toJSON(),
    }),
    (_, value: unknown) => (typeof value === 'string' ? value.replaceAll(/[\uD800-\uDFFF]/g, '\uFFFD') : value),
  )
  return content
}

/** A document in which client 1 wrote "hello" and has a paragraph. */
export function aDocument(): GuardedDocument {
  const server = new GuardedDocument()
  const doc = new Y.Doc()
  doc.clientID = 1
  doc.getText('text').insert(0, 'hello')
  doc.getXmlFragment('xml').insert(0, [new Y.XmlElement('p')])
  server.take(Y.encodeStateAsUpdate(doc))
  return server
}

/** Why `aDocument` does not take an update; throws where it does. */
export function refusalOf(update: Uint8Array): { code: string; message: string; data: unknown } {
  const server = aDocument()
  const verdict = server.look(update)
  if (verdict.ok) throw new Error('it was let in')
  return verdict.error
}
