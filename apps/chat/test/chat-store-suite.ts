import { describe } from 'vitest'
import { storeConversationsSuite } from './store-conversations-suite.ts'
import type { CreateFixture } from './store-fixture.ts'
import { storeInboxSuite } from './store-inbox-suite.ts'
import { storeMessagesSuite } from './store-messages-suite.ts'
import { storeWritersSuite } from './store-writers-suite.ts'

/** What every store of the chat obeys (docs/spec/chat-store.md). */
export function chatStoreSuite(name: string, createFixture: CreateFixture): void {
  describe(`messages: ${name}`, () => {
    storeMessagesSuite(createFixture)
  })
  describe(`conversations: ${name}`, () => {
    storeConversationsSuite(createFixture)
  })
  describe(`inbox: ${name}`, () => {
    storeInboxSuite(createFixture)
  })
  describe(`many at once: ${name}`, () => {
    storeWritersSuite(createFixture)
  })
}
