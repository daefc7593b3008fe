import type { SeededRandom } from '@millrace/testing'
import * as Y from 'yjs'

export interface Replica {
  readonly doc: Y.Doc
  readonly undo: Y.UndoManager
  /** Made here, and not sent yet. */
  readonly unsent: Uint8Array[]
}

const roots = ['text', 'list', 'map', 'xml'] as const
const words = ['a', 'word', 'two words', 'é', '🙂🙃', '\u{FEFF}bom', '']

/** @param keeps It keeps what is deleted, and undoes all that it did at once. */
export function createReplica(clientId: number, keeps = false): Replica {
  const doc = new Y.Doc({ gc: !keeps })
  doc.clientID = clientId
  const undo = new Y.UndoManager(
    [doc.getText('text'), doc.getArray('list'), doc.getMap('map'), doc.getXmlFragment('xml')],
    {
      trackedOrigins: new Set(['edit']),
      captureTimeout: keeps ? Infinity : 0,
    },
  )
  const unsent: Uint8Array[] = []
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') unsent.push(update)
  })
  return { doc, undo, unsent }
}

/** One edit of any kind that an application may make. */
export function edit(random: SeededRandom, { doc, undo }: Replica): void {
  const kind = random.integer(12)
  if (kind === 0) undo.undo()
  else if (kind === 1) undo.redo()
  else
    doc.transact(() => {
      for (let count = 1 + random.integer(3); count > 0; count--) editRoot(random, doc)
    }, 'edit')
}

function editRoot(random: SeededRandom, doc: Y.Doc): void {
  const root = random.pick(roots)
  if (root === 'text') editText(random, doc.getText('text'))
  else if (root === 'list') editList(random, doc.getArray('list'))
  else if (root === 'map') editMap(random, doc.getMap('map'), 0)
  else editXml(random, doc.getXmlFragment('xml'), 0)
}

function editText(random: SeededRandom, text: Y.Text): void {
  const at = random.integer(text.length + 1)
  const length = Math.min(random.integer(6), text.length - at)
  const kind = random.integer(6)
  if (kind === 0 && length > 0) text.format(at, length, { bold: random.integer(2) ? true : null, link: { to: 'x' } })
  else if (kind === 1) text.insertEmbed(at, { image: random.integer(9) })
  else if (kind === 2 && length > 0) text.delete(at, length)
  else if (kind === 3) text.setAttribute('lang', random.pick(words))
  else text.insert(at, random.pick(words), random.integer(4) ? undefined : { italic: true })
}

function editList(random: SeededRandom, list: Y.Array<unknown>): void {
  const at = random.integer(list.length + 1)
  if (random.integer(3) === 0 && at < list.length)
    return list.delete(at, Math.min(1 + random.integer(3), list.length - at))
  const inner = at < list.length ? list.get(at) : undefined
  if (inner instanceof Y.Map) return editMap(random, inner, 1)
  list.insert(
    at,
    Array.from({ length: 1 + random.integer(3) }, () => value(random)),
  )
}

function editMap(random: SeededRandom, map: Y.Map<unknown>, depth: number): void {
  const key = random.pick(['a', 'b', 'c'])
  const inner = map.get(key)
  if (inner instanceof Y.Map && depth < 4 && random.integer(2)) return editMap(random, inner, depth + 1)
  if (random.integer(4) === 0) return map.delete(key)
  map.set(key, random.integer(3) ? value(random) : new Y.Map([[random.pick(words), 1]]))
}

function editXml(random: SeededRandom, xml: Y.XmlFragment, depth: number): void {
  const at = random.integer(xml.length + 1)
  const inner = at < xml.length ? xml.get(at) : undefined
  const kind = random.integer(5)
  if (kind === 0 && at < xml.length) return xml.delete(at, 1)
  if (inner instanceof Y.XmlElement && depth < 4) {
    if (kind === 1) return inner.setAttribute('align', random.pick(words))
    return editXml(random, inner, depth + 1)
  }
  if (inner instanceof Y.XmlText) return editText(random, inner)
  xml.insert(at, [kind === 2 ? new Y.XmlText(random.pick(words)) : new Y.XmlElement(random.pick(['p', 'h1']))])
}

function value(random: SeededRandom): unknown {
  return random.pick<() => unknown>([
    () => random.integer(1e9) - 5e8,
    () => random.fraction(),
    () => -0,
    () => null,
    () => true,
    () => random.pick(words),
    () => ({ deep: [{ deeper: [1, 'x', null, { yes: false }] }], [random.pick(words)]: 2 ** 40 }),
    () => new Uint8Array([1, 2, 3]),
    () => new Y.Text(random.pick(words)),
    () => new Y.Array(),
    () => new Y.Map([['x', random.integer(9)]]),
    () =>
      new Y.Doc({
        guid: random.id(),
        autoLoad: random.integer(2) === 0,
        meta: { title: 'sub' },
        gc: random.integer(2) === 0,
      }),
  ])()
}
