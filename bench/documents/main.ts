import { answerParent } from '../rpc.ts'
import { processCalls } from '../server/process-calls.ts'
import type { DocumentServerCalls } from './calls.ts'
import { documentContenders, isDocumentContenderName } from './document-contender.ts'
import { readUpdates } from './updates-file.ts'

const name = process.argv[2] ?? ''
if (!isDocumentContenderName(name))
  throw new Error(`there is no contender "${name}"; name one of ${Object.keys(documentContenders).join(', ')}`)

const started = documentContenders[name]()

answerParent<DocumentServerCalls>({
  ...processCalls,
  port: async () => (await started).port,
  async store({ names, file }) {
    const contender = await started
    for (const one of names) await contender.store(one, await readUpdates(file))
  },
})
