import { createPublisher } from '@millrace/server'
import { sqlite } from '@millrace/sqlite'
import { publisherSuite } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './fixtures/temporary-folder.ts'

publisherSuite('sqlite', async () => {
  const folder = temporaryFolder()
  const store = sqlite({ file: folder.file('store.db') })
  return { servers: store, publisher: store, [Symbol.asyncDispose]: async () => folder[Symbol.dispose]() }
})

describe('a publisher on a SQLite file', () => {
  it('[PUB8, PUB9] is told in one sentence that another owns the file', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const owner = await createPublisher({ contracts: [], store: sqlite({ file }) })
    await expect(createPublisher({ contracts: [], store: sqlite({ file }) })).rejects.toThrow(
      'in use by another server; stop it, or choose another file',
    )
    await owner.close()
    await (await createPublisher({ contracts: [], store: sqlite({ file }) })).close()
  }, 30_000) // the second one waits for the file before it gives up
})
