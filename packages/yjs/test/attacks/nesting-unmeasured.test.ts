import { expect, it } from 'vitest'
import { Nesting } from '../../src/server/nesting.ts'
import type { OpenDocument } from '../../src/server/open-document.ts'
import { Pieces } from '../../src/server/pieces.ts'
import { runJob } from '../../src/server/worker/run-job.ts'

it('[DOC69] a document that could not be measured is measured before it grows', async () => {
  const unreadable = new Pieces(Uint8Array.from([9, 9, 9]), [])
  const open = { generation: 1, pieces: unreadable } as OpenDocument
  const nesting = new Nesting(open, runJob)
  for (let attempt = 0; attempt < 2; attempt++)
    await expect(nesting.admit(1)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  open.pieces = new Pieces(undefined, [])
  await nesting.admit(1)
  expect(nesting.admit(1)).toBeUndefined()
})
