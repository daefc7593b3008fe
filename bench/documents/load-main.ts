import { answerParent } from '../rpc.ts'
import { DocumentLoad } from './document-load.ts'
import type { DocumentLoadCalls } from './load-calls.ts'

const opened = new Map<string, DocumentLoad>()

function find(contender: string): DocumentLoad {
  const found = opened.get(contender)
  if (!found) throw new Error(`the load does not know the server of ${contender}; call server first`)
  return found
}

answerParent<DocumentLoadCalls>({
  server: ({ contender, port }) => void opened.set(contender, new DocumentLoad(contender, port)),
  connect: ({ contender, document, count }) => find(contender).connect(document, count),
  closedLoop: ({ contender, ...run }) => find(contender).closedLoop(run),
  paced: ({ contender, ...run }) => find(contender).paced(run),
  check: ({ contender, document }) => find(contender).check(document),
  open: ({ contender, document }) => find(contender).open(document),
  hold: ({ contender, documents }) => find(contender).hold(documents),
  digest: ({ contender, document }) => find(contender).digest(document),
  disconnect: ({ contender }) => find(contender).disconnect(),
})
