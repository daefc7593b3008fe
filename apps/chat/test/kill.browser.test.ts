import { expect, it } from 'vitest'
import { chatScene } from './chat-scene.ts'

const scene = chatScene()
/** High enough for every message of the test. */
const viewport = { width: 1_000, height: 4_000 }
const numbered = (word: string, count: number) => Array.from({ length: count }, (_, index) => `${word} ${index + 1}.`)
const written = /(Ada|Bob) \d+\./

it('[CHP9, CHP18] killed with messages in flight from two browsers: once each, in one order, as in the database', async () => {
  const [hers, his, eves] = await scene.team('killed', 'Ada', 'Bob', 'Eve')
  if (!hers || !his || !eves) throw new Error('three people')
  const ada = await scene.come(hers, { at: 'killed', viewport })
  const bob = await scene.come(his, { at: 'killed', viewport })
  await ada.say('Before.')
  await bob.seesStored('Before.')
  // The last of the first six are on their way while the server dies.
  const [ofAda, ofBob] = [numbered('Ada', 12), numbered('Bob', 12)]
  await Promise.all([ada.sayAll(ofAda.slice(0, 6)), bob.sayAll(ofBob.slice(0, 6))])
  await scene.killServer()
  await Promise.all([ada.sayAll(ofAda.slice(6)), bob.sayAll(ofBob.slice(6))])
  await scene.startAgain()
  const eve = await scene.come(eves, { at: 'killed', viewport })
  for (const person of [ada, bob, eve]) await Promise.all(['Ada 12.', 'Bob 12.'].map((text) => person.seesStored(text)))
  const { messages } = await eves.ask(async (space) => {
    const room = space.room('conversation', { conversationId: 'killed' })
    await room.join({ presence: { status: 'away' } })
    return room.request('message.list', { before: 1_000, limit: 100 })
  })
  const stored = messages.map(({ text }) => text).filter((text) => written.test(text))
  for (const person of [ada, bob, eve]) await expect.poll(() => person.inOrder(written)).toEqual(stored)
  expect(stored.filter((text) => text.startsWith('Ada'))).toEqual(ofAda)
  expect(stored.filter((text) => text.startsWith('Bob'))).toEqual(ofBob)
})
