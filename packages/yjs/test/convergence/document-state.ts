import * as Y from 'yjs'

/** Everything in which two replicas may differ, as JSON. */
export interface DocumentState {
  /** Clocks by client id, in the order of the ids. */
  readonly stateVector: readonly (readonly [number, number])[]
  /** Spans of deleted clocks by client id, sorted, none touching the next. */
  readonly deleted: readonly (readonly [number, readonly (readonly [number, number])[]])[]
  readonly json: unknown
  /** Whether structures wait for others, which nobody may ever send. */
  readonly isPending: boolean
}

export function stateOf(doc: Y.Doc): DocumentState {
  const { clients } = Y.createDeleteSetFromStructStore(doc.store)
  return {
    stateVector: sortedById(Y.decodeStateVector(Y.encodeStateVector(doc))),
    deleted: sortedById(clients).map(([client, spans]) => [client, joined(spans)]),
    json: contentOf(doc),
    isPending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null,
  }
}

function contentOf(doc: Y.Doc): unknown {
  return {
    text: doc.getText('text').toDelta() as unknown,
    map: doc.getMap('map').toJSON(),
    list: doc.getArray('list').toJSON(),
    xml: doc.getXmlFragment('xml').toJSON(),
    marks: sortedKeys(doc),
    order: doc.getArray('order').toJSON(),
  }
}

function sortedKeys(doc: Y.Doc): string[] {
  return [...doc.getMap('marks').keys()].toSorted()
}

function joined(spans: readonly { readonly clock: number; readonly len: number }[]): [number, number][] {
  const whole: [number, number][] = []
  for (const { clock, len } of spans.toSorted((one, other) => one.clock - other.clock)) {
    const last = whole.at(-1)
    if (last && last[0] + last[1] === clock) last[1] += len
    else whole.push([clock, len])
  }
  return whole
}

function sortedById<T>(byClient: ReadonlyMap<number, T>): [number, T][] {
  return [...byClient].toSorted(([one], [other]) => one - other)
}
