import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DocumentContenderName } from '../documents/document-contender.ts'
import { openDocumentStage, type DocumentStage } from '../documents/document-stage.ts'
import { editedDocument, type EditedDocument } from '../documents/edited-document.ts'
import { readTrace } from '../documents/read-trace.ts'
import { syntheticTrace } from '../documents/trace.ts'
import { writeUpdates } from '../documents/updates-file.ts'
import { playRounds } from '../rounds.ts'
import { rowsOf, type Metric, type Row } from '../row.ts'
import { chosenOf } from './chosen-of.ts'
import { Profiles } from './profiles.ts'
import type { Scenario, ScenarioOptions } from './scenario.ts'

const edits = 250_000
const seed = 1
const warmUps = 1

const openMetrics = [
  { name: 'cpuMicrosPerOpen', unit: 'us', isMain: true },
  { name: 'openMicros', unit: 'us', isMain: false },
  { name: 'bytesPerOpen', unit: 'B', isMain: false },
] as const satisfies readonly Metric[]

/** The first of each is the baseline. */
const inMemory: readonly DocumentContenderName[] = ['hocuspocus', 'y-websocket', 'millrace']
const stored: readonly DocumentContenderName[] = ['hocuspocus-stored', 'millrace']

/** A large document is opened, while somebody has it open and while nobody has. */
export const collabOpen: Scenario = {
  name: 'collab-open',
  async run(options) {
    const trace = options.traceFile === undefined ? syntheticTrace(edits, seed) : await readTrace(options.traceFile)
    const document = editedDocument(trace)
    const bytes = document.updates.reduce((sum, { length }) => sum + length, 0)
    options.say(`collab-open: ${document.edits} edits are ${bytes} B of updates`)
    const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
    try {
      const file = join(folder, 'updates')
      await writeUpdates(file, document.updates)
      return [
        ...(await measureOpen({ ...document, file, isHeld: true }, options)),
        ...(await measureOpen({ ...document, file, isHeld: false }, options)),
      ]
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

interface OpenCase extends EditedDocument {
  readonly file: string
  /** Whether somebody has it open. */
  readonly isHeld: boolean
}

async function measureOpen(one: OpenCase, options: ScenarioOptions): Promise<Row[]> {
  const { rounds, pinning, say } = options
  const name = `${one.edits} edits, ${one.isHeld ? 'somebody is there' : 'nobody is there'}`
  const known = one.isHeld ? inMemory : stored
  const playing = chosenOf('collab-open', known, options.contenders)
  await using stage = await openDocumentStage(playing, pinning)
  const serverOf = (contender: string) => stage.server(contender as DocumentContenderName)
  const profiles = new Profiles(serverOf, options.profileDir, { scenario: 'collab-open', name })
  // Where nobody is there, none was ever opened.
  const names = Array.from({ length: one.isHeld ? 1 : warmUps + rounds }, (_, index) => `page-${index}`)
  for (const contender of playing) {
    await stage.server(contender).call('store', { names, file: one.file })
    if (one.isHeld) await stage.load.call('hold', { contender, documents: names })
  }
  const opened = new Map<string, number>()
  const results = await playRounds({ contenders: playing, rounds, warmUps }, async (contender, isWarmUp) => {
    if (!isWarmUp) await profiles.start(contender)
    const nth = opened.get(contender) ?? 0
    opened.set(contender, nth + 1)
    const values = await open(stage, contender, names[nth % names.length] ?? '')
    say(`collab-open, ${name}: ${contender} ${Math.round(values.cpuMicrosPerOpen)} us${isWarmUp ? ' (warm-up)' : ''}`)
    return values
  })
  for (const contender of playing) {
    await profiles.stop(contender)
    const digest = await stage.load.call('digest', { contender, document: names[0] ?? '' })
    if (digest !== one.digest) throw new Error(`${contender} gives a fresh reader another text than was written`)
  }
  return rowsOf('collab-open', name, openMetrics, results, known[0])
}

async function open(
  { load, ...stage }: DocumentStage,
  contender: DocumentContenderName,
  document: string,
): Promise<Record<(typeof openMetrics)[number]['name'], number>> {
  const server = stage.server(contender)
  await server.call('collectGarbage', undefined)
  const before = await server.call('cpuMicros', undefined)
  const { micros, bytes } = await load.call('open', { contender, document })
  const cpuMicrosPerOpen = (await server.call('cpuMicros', undefined)) - before
  return { cpuMicrosPerOpen, openMicros: micros, bytesPerOpen: bytes }
}
