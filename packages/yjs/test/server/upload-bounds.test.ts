import { manualClock } from '@millrace/testing'
import { expect, it } from 'vitest'
import { Uploads } from '../../src/server/uploads.ts'

it('[DOC9] one connection keeps no more than two of the largest updates, in however many documents', () => {
  const clock = manualClock()
  const [greedy, other] = [new AbortController(), new AbortController()]
  const part = { upload: 'u', index: 0, count: 2, bytes: new Uint8Array(1_000_000) }
  const documents = Array.from({ length: 9 }, () => new Uploads(clock, 4_000_000))
  for (const document of documents.slice(0, 8)) document.take(greedy.signal, part)
  const overloaded = expect.objectContaining({ code: 'OVERLOADED' })
  expect(() => documents[8]!.take(greedy.signal, part)).toThrow(overloaded)
  expect(documents[8]!.take(other.signal, part)).toBeUndefined()
  documents[0]!.forget(greedy.signal)
  expect(documents[8]!.take(greedy.signal, part)).toBeUndefined()
  expect(() => documents[0]!.take(greedy.signal, part)).toThrow(overloaded)
  greedy.abort()
  other.abort()
})
