import { fail, MillraceError } from '@millrace/contract'
import { examineInThread } from './examine-in-thread.ts'
import { examine, type Accepted, type GuardLimits } from './guard/examine.ts'
import { serverUser } from './guard/owners.ts'
import { isMissing } from './is-missing.ts'
import type { LiveDocument } from './live-document.ts'
import { markOf } from './own-updates.ts'
import { maxBytesAtOnce } from './worker/run-job.ts'

/** Who sends an update, and how it is stored. */
export interface Sender {
  /** The user id that the store notes; null for the server itself. */
  readonly from: string | null
  /** To whom client ids belong that are written under for the first time; null: to nobody, and whose they are is not asked. */
  readonly owner: string | null
  /** The same on every retry. */
  readonly key: string
  readonly publish: (update: Uint8Array, key: string) => Promise<{ readonly duplicate: boolean }>
}

/** Each look may end with a claim, or with something to be measured, after which it is looked again. */
const maxLooks = 8

/**
 * Lets an update into a document: resolves when it is stored, and where there is nothing in it that the document lacks. Those of one user
 * one after another: of two that write the same clocks the second one must be looked at when the first one is stored.
 *
 * @throws MillraceError what the guard refuses it with, or the store; OVERLOADED where the document waits to be compacted.
 */
export function acceptUpdate(document: LiveDocument, update: Uint8Array, sender: Sender): Promise<void> {
  return document.turns.run(sender.owner ?? serverUser, () =>
    letIn(document, update, sender).finally(() => document.surveyor.gaveUp(update)),
  )
}

async function letIn(document: LiveDocument, update: Uint8Array, sender: Sender): Promise<void> {
  const { open, owners, compaction, nesting, surveyor } = document
  let { key } = sender
  for (let look = 0; look < maxLooks; look++) {
    const ready = open.ready()
    if (ready) await ready
    const looking = lookAt(document, update)
    const accepted = looking instanceof Promise ? await looking : looking
    // What it deletes was stored with the first attempt, which no state vector shows.
    if (!accepted.adds || (key !== sender.key && accepted.clocks.size === 0)) return
    compaction.assertRoom()
    const claim = sender.owner === null ? undefined : owners.claim(sender.owner, [...accepted.clocks.keys()])
    const wait = claim ?? nesting.admit(accepted.levels) ?? surveyor.admit(update, accepted)
    if (wait) await wait
    else if (await store(document, accepted, update, { ...sender, key })) return
    // Stored under this key before. It is found now, unless the document was removed since.
    else key = `${key}/again`
  }
  throw fail('UNAVAILABLE', 'the client ids of the document change hands too fast; send the update again')
}

/** @returns False where the store had an update of this key before. */
async function store(
  { open, surveyor }: LiveDocument,
  accepted: Accepted,
  sent: Uint8Array,
  { key: sentKey, from, publish }: Sender,
): Promise<boolean> {
  const { generation } = open
  const { update, clocks, placed } = accepted
  // What is left of a retried update has other bytes than the first attempt had under its key.
  const key = update === sent ? sentKey : `${sentKey}/rest-${update.byteLength}`
  const mark = markOf(from, key)
  open.own.begin(mark, { update, clocks, placed })
  try {
    const { duplicate } = await publish(update, key)
    if (!duplicate && open.generation === generation) open.stored(accepted)
    if (!duplicate) return true
  } catch (error) {
    open.own.forget(mark)
    surveyor.forget()
    throw error
  }
  open.own.forget(mark)
  surveyor.forget()
  await open.catchUp()
  return false
}

/** A promise only where something has to be waited for. @throws MillraceError where it is refused. */
function lookAt(document: LiveDocument, update: Uint8Array): Accepted | Promise<Accepted> {
  if (isFull(document, update) || update.byteLength > maxBytesAtOnce) return lookLater(document, update)
  try {
    return lookNow(document, update)
  } catch (error) {
    if (isLacking(error)) return lookLater(document, update)
    throw error
  }
}

async function lookLater(document: LiveDocument, update: Uint8Array): Promise<Accepted> {
  const { open, compaction } = document
  if (isFull(document, update)) await compaction.run()
  try {
    return await examined(document, update)
  } catch (error) {
    if (!isLacking(error)) throw error
    // Another node may have stored it, and the sender have heard of it sooner than this node.
    await open.catchUp()
    return examined(document, update)
  }
}

/** The tail may hold much that a snapshot does not. */
function isFull({ open: { pieces }, parts }: LiveDocument, update: Uint8Array): boolean {
  const { maxBytes } = parts.room.entry.document
  return pieces.byteLength + update.byteLength > maxBytes && pieces.tailBytes > maxBytes / 16
}

function isLacking(error: unknown): boolean {
  return error instanceof MillraceError && isMissing(error)
}

function examined(document: LiveDocument, update: Uint8Array): Accepted | Promise<Accepted> {
  const { open } = document
  const limits = limitsOf(document)
  if (update.byteLength <= maxBytesAtOnce || update.byteLength > limits.maxUpdateBytes) return lookNow(document, update)
  return examineInThread(update, () => open.known, limits)
}

function lookNow(document: LiveDocument, update: Uint8Array): Accepted {
  const verdict = examine(update, document.open.known, limitsOf(document))
  if (!verdict.ok) throw verdict.error
  return verdict
}

function limitsOf({ open, parts }: LiveDocument): GuardLimits {
  const { maxBytes, maxUpdateBytes } = parts.room.entry.document
  return { maxUpdateBytes, bytesLeft: maxBytes - open.pieces.byteLength }
}
