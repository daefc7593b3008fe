import { applyUpdate, Doc, encodeStateVector } from 'yjs'
import { Faults } from '../load/faults.ts'
import { Author, template, textName } from './authors.ts'
import { DocumentClient } from './document-client.ts'
import { keepsDocuments, type DocumentContenderName } from './document-contender.ts'
import { documentProtocols } from './document-protocols.ts'
import type { DocumentListener, DocumentProtocol } from './document-session.ts'
import { Receipts } from './receipts.ts'
import { textDigest } from './text-digest.ts'
import { runClosedLoop, runPaced, type TypingMember, type TypingReport, type TypingRun } from './typing-run.ts'

/** Many times what the slowest run takes. */
const deadlineMs = 60_000

/** Readers are other users than the authors. */
const firstReader = 1_000

/** What opening a document gave. */
export interface OpenedDocument {
  readonly micros: number
  /** That came from the server since the handshake. */
  readonly bytes: number
}

/** The clients of one contender's server, in its documents. */
export class DocumentLoad {
  readonly #contender: DocumentContenderName
  readonly #protocol: DocumentProtocol
  readonly #port: number
  readonly #faults = new Faults()
  readonly #members: Member[] = []
  readonly #held: DocumentClient[] = []
  /** What all have sent together. */
  readonly #expected = new Doc()
  #sent: Uint8Array[][] = []
  #applied = 0
  #readers = 0

  constructor(contender: DocumentContenderName, port: number) {
    this.#contender = contender
    this.#protocol = documentProtocols[contender]
    this.#port = port
  }

  /** Connects authors to one document, which is the template then. */
  async connect(document: string, count: number): Promise<void> {
    const base = template(count)
    applyUpdate(this.#expected, base)
    const authors = Array.from({ length: count }, (_, index) => new Author(index, base))
    this.#sent = authors.map(() => [])
    const places = new Map(authors.map(({ clientId }, index) => [clientId, index]))
    const writer = keepsDocuments(this.#contender) ? await this.#write(document, base) : undefined
    for (const [index, author] of authors.entries()) {
      const member = new Member(author, this.#sent[index] ?? [], new Receipts(places, this.#sent))
      const failed = (reason: string) => this.#faults.raise(`client ${index}: ${reason}`)
      const { client } = await this.#open(document, index, {
        updated: (update) => member.updated(update, failed),
        acknowledged: () => member.listener.acknowledged(),
      })
      member.client = client
      this.#members.push(member)
    }
    await writer?.close()
  }

  closedLoop(run: TypingRun): Promise<TypingReport> {
    return runClosedLoop(this.#members, this.#protocol, this.#faults, run)
  }

  paced(run: TypingRun): Promise<TypingReport> {
    return runPaced(this.#members, this.#protocol, this.#faults, run)
  }

  /** Fails unless every client has every update, and a fresh reader gets what all of them make. */
  async check(document: string): Promise<void> {
    for (const [index, { receipts }] of this.#members.entries()) receipts.assertAllBut(index)
    for (const sent of this.#sent) for (const update of sent.slice(this.#applied)) applyUpdate(this.#expected, update)
    this.#applied = this.#sent[0]?.length ?? 0
    if (!keepsDocuments(this.#contender)) return
    const doc = await this.#read(document)
    if (Buffer.compare(encodeStateVector(doc), encodeStateVector(this.#expected)) !== 0)
      throw new Error(`${this.#contender} gives a fresh reader another state vector than the authors have`)
    if (doc.getText(textName).toJSON() !== this.#expected.getText(textName).toJSON())
      throw new Error(`${this.#contender} gives a fresh reader another text than the authors have`)
  }

  /** Opens a document once more, and leaves it. @returns What it took. */
  async open(document: string): Promise<OpenedDocument> {
    const { client, micros } = await this.#open(document, this.#nextReader())
    const opened = { micros, bytes: client.bytesReceived }
    await client.close()
    return opened
  }

  /** Connects one more client to each document, which stays. */
  async hold(documents: readonly string[]): Promise<void> {
    for (const document of documents) this.#held.push((await this.#open(document, this.#nextReader())).client)
  }

  /** Of the text that a fresh reader gets. */
  async digest(document: string): Promise<string> {
    return textDigest(await this.#read(document))
  }

  async disconnect(): Promise<void> {
    const authors = this.#members.splice(0).flatMap(({ client }) => client ?? [])
    await Promise.all([...authors, ...this.#held.splice(0)].map((client) => client.close()))
  }

  #nextReader(): number {
    return firstReader + this.#readers++
  }

  /** As one update. Resolves when somebody else can read it, to the client that wrote it. */
  async #write(document: string, update: Uint8Array): Promise<DocumentClient> {
    const { client } = await this.#open(document, this.#nextReader())
    client.update(update)
    const digest = textDigest(documentOf([update]))
    const isThere = async (): Promise<void> => {
      if ((await this.digest(document)) !== digest) await isThere()
    }
    await this.#faults.guard(isThere(), deadlineMs, () => `${document} could not be written within ${deadlineMs} ms`)
    return client
  }

  async #read(document: string): Promise<Doc> {
    const { client, updates } = await this.#open(document, this.#nextReader())
    await client.close()
    return documentOf(updates)
  }

  /** Resolves when the client has the document. */
  async #open(
    document: string,
    index: number,
    listener: Partial<DocumentListener> = {},
  ): Promise<{ client: DocumentClient; updates: readonly Uint8Array[]; micros: number }> {
    const begunAt = performance.now()
    let client: DocumentClient | undefined
    const opening = new Promise<readonly Uint8Array[]>((joined) => {
      client = new DocumentClient({
        protocol: this.#protocol,
        port: this.#port,
        index,
        document,
        listener: {
          updated() {},
          acknowledged() {},
          ...listener,
          joined,
          failed: (reason) => this.#faults.raise(`client ${index}: ${reason}`),
        },
      })
    })
    const late = () => `client ${index} could not open ${document} within ${deadlineMs} ms`
    const updates = await this.#faults.guard(opening, deadlineMs, late)
    if (!client) throw new Error('a promise runs at once')
    return { client, updates, micros: (performance.now() - begunAt) * 1_000 }
  }
}

class Member implements TypingMember {
  readonly author: Author
  readonly sent: Uint8Array[]
  readonly receipts: Receipts
  client: DocumentClient | undefined
  listener: TypingMember['listener'] = { updated() {}, acknowledged() {} }

  constructor(author: Author, sent: Uint8Array[], receipts: Receipts) {
    this.author = author
    this.sent = sent
    this.receipts = receipts
  }

  get bytesReceived(): number {
    return this.client?.bytesReceived ?? 0
  }

  send(update: Uint8Array): void {
    this.sent.push(update)
    this.client?.update(update)
  }

  updated(update: Uint8Array, failed: (reason: string) => void): void {
    try {
      this.listener.updated(this.receipts.next(update))
    } catch (error) {
      failed(String(error))
    }
  }
}

function documentOf(updates: readonly Uint8Array[]): Doc {
  const doc = new Doc()
  for (const update of updates) applyUpdate(doc, update)
  return doc
}
