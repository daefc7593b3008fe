import { defineContract } from '@millrace/contract'
import { createPublisher, memory, type StoreProvider } from '@millrace/server'
import { publisherSuite } from '@millrace/testing'
import { expect, it } from 'vitest'

/** [PUB8] the same value of memory() */
publisherSuite('memory', async () => {
  const store = memory()
  return { servers: store, publisher: store, [Symbol.asyncDispose]: async () => undefined }
})

it('[PUB9] is not created on a store that cannot be opened, or with one namespace twice', async () => {
  const broken: StoreProvider = { open: () => Promise.reject(new Error('the store is not there; start it')) }
  await expect(createPublisher({ contracts: [], store: broken })).rejects.toThrow('the store is not there; start it')
  const twice = [defineContract({ namespace: '/a' }), defineContract({ namespace: '/a' })]
  await expect(createPublisher({ contracts: twice, store: memory() })).rejects.toThrow('two contracts say /a')
})
