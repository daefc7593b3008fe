import type { SeededRandom } from '@millrace/testing'
import * as Y from 'yjs'

type Change = (doc: Y.Doc, random: SeededRandom, mark: string) => void

/** Each is taken with the same chance; deletions are rarer than what they delete. */
const changes: readonly Change[] = [
  insertText,
  insertText,
  deleteText,
  formatText,
  embed,
  setKey,
  setKey,
  deleteKey,
  insertItems,
  insertItems,
  deleteItems,
  nest,
  editNested,
  editXml,
]

/** One transaction of one to three changes, which `mark` tells from all others: a key of `marks`, and an item of `order`. */
export function randomEdit(doc: Y.Doc, random: SeededRandom, mark: string, origin?: unknown): void {
  const count = 1 + random.integer(3)
  doc.transact(() => {
    for (let nth = 0; nth < count; nth++) random.pick(changes)(doc, random, mark)
    leaveMark(doc, random, mark)
  }, origin)
}

/** Some pages at once, which travel in parts. */
export function paste(doc: Y.Doc, random: SeededRandom, mark: string, origin?: unknown): void {
  doc.transact(() => {
    doc.getText('text').insert(0, `${mark} `.repeat(16_000))
    leaveMark(doc, random, mark)
  }, origin)
}

function leaveMark(doc: Y.Doc, random: SeededRandom, mark: string): void {
  doc.getMap('marks').set(mark, true)
  const order = doc.getArray('order')
  order.insert(random.integer(order.length + 1), [mark])
}

function insertText(doc: Y.Doc, random: SeededRandom, mark: string): void {
  const text = doc.getText('text')
  text.insert(random.integer(text.length + 1), `${mark} `, random.integer(4) === 0 ? { bold: true } : undefined)
}

function deleteText(doc: Y.Doc, random: SeededRandom): void {
  const text = doc.getText('text')
  const at = random.integer(text.length + 1)
  text.delete(at, Math.min(1 + random.integer(12), text.length - at))
}

function formatText(doc: Y.Doc, random: SeededRandom): void {
  const text = doc.getText('text')
  const at = random.integer(text.length + 1)
  const format = { [random.pick(['bold', 'italic', 'link'])]: random.pick([true, null, 'x']) }
  text.format(at, Math.min(1 + random.integer(8), text.length - at), format)
}

function embed(doc: Y.Doc, random: SeededRandom, mark: string): void {
  const text = doc.getText('text')
  text.insertEmbed(random.integer(text.length + 1), { image: mark })
}

function setKey(doc: Y.Doc, random: SeededRandom, mark: string): void {
  doc.getMap('map').set(`key ${random.integer(5)}`, random.pick([mark, 1, null, { deep: [mark] }]))
}

function deleteKey(doc: Y.Doc, random: SeededRandom): void {
  doc.getMap('map').delete(`key ${random.integer(5)}`)
}

function insertItems(doc: Y.Doc, random: SeededRandom, mark: string): void {
  const list = doc.getArray('list')
  list.insert(
    random.integer(list.length + 1),
    Array.from({ length: 1 + random.integer(3) }, () => mark),
  )
}

function deleteItems(doc: Y.Doc, random: SeededRandom): void {
  const list = doc.getArray('list')
  const at = random.integer(list.length + 1)
  list.delete(at, Math.min(1 + random.integer(3), list.length - at))
}

function nest(doc: Y.Doc, random: SeededRandom, mark: string): void {
  const inner = new Y.Map<unknown>([
    ['text', new Y.Text(mark)],
    ['list', Y.Array.from([mark])],
  ])
  doc.getMap('map').set(`nested ${random.integer(2)}`, inner)
}

/** Somebody else may delete what it lies in. */
function editNested(doc: Y.Doc, random: SeededRandom, mark: string): void {
  const inner = doc.getMap('map').get(`nested ${random.integer(2)}`)
  if (!(inner instanceof Y.Map)) return nest(doc, random, mark)
  const text: unknown = inner.get('text')
  if (text instanceof Y.Text) text.insert(random.integer(text.length + 1), mark)
  const list: unknown = inner.get('list')
  if (list instanceof Y.Array && list.length > 0) list.delete(random.integer(list.length), 1)
  inner.set(`key ${random.integer(2)}`, mark)
}

function editXml(doc: Y.Doc, random: SeededRandom, mark: string): void {
  const xml = doc.getXmlFragment('xml')
  if (xml.length > 3) return xml.delete(random.integer(xml.length), 1)
  const paragraph = new Y.XmlElement('p')
  paragraph.setAttribute('id', mark)
  paragraph.insert(0, [new Y.XmlText(mark)])
  xml.insert(random.integer(xml.length + 1), [paragraph])
}
