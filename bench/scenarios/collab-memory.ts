import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DocumentContenderName } from '../documents/document-contender.ts'
import { openDocumentStage } from '../documents/document-stage.ts'
import { editedDocument } from '../documents/edited-document.ts'
import { syntheticTrace } from '../documents/trace.ts'
import { writeUpdates } from '../documents/updates-file.ts'
import { playRounds } from '../rounds.ts'
import { rowsOf, type Metric, type Row } from '../row.ts'
import { chosenOf } from './chosen-of.ts'
import type { Scenario, ScenarioOptions } from './scenario.ts'

const contenders: readonly DocumentContenderName[] = ['hocuspocus', 'hocuspocus-stored', 'y-websocket', 'millrace']

const documents = 100
/** Opened before the first reading, so that code and caches that the first documents need are not counted. */
const warmDocuments = 10
const edits = 15_000
const seed = 2
/** Resident memory differs little between rounds. */
const mostRounds = 2

/** One idle member in each. */
const held = { name: 'rssBytesPerDocument', unit: 'B', isMain: true } as const satisfies Metric
/** Stored, and nobody has opened it. */
const unloaded = { name: 'rssBytesPerUnloadedDocument', unit: 'B', isMain: false } as const satisfies Metric

/** Memory of documents in which nothing happens. Every round takes a fresh process. */
export const collabMemory: Scenario = {
  name: 'collab-memory',
  async run(options) {
    const playing = chosenOf('collab-memory', contenders, options.contenders)
    const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
    try {
      const file = join(folder, 'updates')
      const { updates } = editedDocument(syntheticTrace(edits, seed))
      const bytes = updates.reduce((sum, { length }) => sum + length, 0)
      await writeUpdates(file, updates)
      const name = `${documents} documents of ${edits} edits, ${Math.round(bytes / 1e3)} kB each`
      const rounds = Math.min(options.rounds, mostRounds)
      const results = await playRounds({ contenders: playing, rounds, warmUps: 0 }, async (contender) => {
        const values = await measure(contender, file, options)
        options.say(`collab-memory, ${name}: ${contender} ${Math.round(values.rssBytesPerDocument)} B`)
        return values
      })
      return rows(name, results)
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

type Values = Readonly<Record<typeof held.name | typeof unloaded.name, number>>

async function measure(contender: DocumentContenderName, file: string, { pinning }: ScenarioOptions): Promise<Values> {
  await using stage = await openDocumentStage([contender], pinning)
  const server = stage.server(contender)
  const settled = (): Promise<number> => server.call('settledRssBytes', undefined)
  const warm = names('warm', warmDocuments)
  await server.call('store', { names: warm, file })
  await stage.load.call('hold', { contender, documents: warm })
  const before = await settled()
  const measured = names('page', documents)
  await server.call('store', { names: measured, file })
  const afterStore = await settled()
  await stage.load.call('hold', { contender, documents: measured })
  return {
    rssBytesPerUnloadedDocument: (afterStore - before) / documents,
    rssBytesPerDocument: ((await settled()) - before) / documents,
  }
}

/** Those that keep what they store open know no unloaded document. */
function rows(name: string, results: ReadonlyMap<DocumentContenderName, readonly Values[]>): Row[] {
  const stored = [...results].filter(([contender]) => contender === 'hocuspocus-stored' || contender === 'millrace')
  return [
    ...rowsOf('collab-memory', name, [held], results, 'hocuspocus'),
    ...rowsOf('collab-memory', name, [unloaded], new Map(stored)),
  ]
}

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`)
}
