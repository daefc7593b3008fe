import { Pace, type Middleware } from '@millrace/server'
import type { DocumentRequests } from '@millrace/yjs/contract'

/** Requests of a page that change its text. */
const edits: ReadonlySet<string> = new Set<keyof DocumentRequests>(['update.send', 'update.part', 'version.restore'])

/** Notes that a document was edited, at most once a minute each, and without keeping the edit waiting. */
export function noteEdits(
  note: (documentId: string) => Promise<void>,
  monotonicMs: () => number,
  onError: (error: unknown) => void,
): Middleware {
  const pace = new Pace({ burst: 1, intervalMs: 60_000 })
  return async ({ name, params }, next) => {
    const answer = await next()
    if (!edits.has(name)) return answer
    const { documentId } = params as { documentId: string }
    if (pace.take(documentId, monotonicMs()) === 0) note(documentId).catch(onError)
    return answer
  }
}
