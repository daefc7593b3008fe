import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Message } from '../contract.ts'
import { ada, bob, draft, eve, openNodes, write } from './store-fixture.ts'
import type { ChatStoreFixture, CreateFixture } from './store-fixture.ts'

const people = [ada, bob, eve]

async function openForPeople(fixture: ChatStoreFixture) {
  const node = await openNodes(fixture)
  for (const user of people) await node(0).enter(user)
  return { node, store: node(0) }
}

const isMessage = (result: PromiseSettledResult<Message>): result is PromiseFulfilledResult<Message> =>
  result.status === 'fulfilled'

/** Few keys and places, so that some are used twice, by one user or by two. */
const sends = fc.array(
  fc.record({
    by: fc.constantFrom(...people),
    place: fc.constantFrom('open', 'team'),
    key: fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5', 'k6'),
    turn: fc.nat(),
  }),
  { minLength: 1, maxLength: 24 },
)

export function storeWritersSuite(createFixture: CreateFixture): void {
  it('[CHS1, CHS3, CHS4, CHS5] senders at once leave no hole, and each key one message', async () => {
    await using fixture = await createFixture()
    const { node, store } = await openForPeople(fixture)
    let run = 0
    const property = fc.asyncProperty(sends, async (commands) => {
      const prefix = `r${++run}`
      await store.create(write(ada, `${prefix}-team`, `${prefix}-team`), 'Team', false, [bob.id])
      await store.create(write(ada, `${prefix}-open`, `${prefix}-open`), 'Open', true, [bob.id, eve.id])
      const sending = commands.map(({ by, place, key, turn }) => {
        const at = write(by, `${prefix}-${key}`, `${prefix}-${place}`)
        return node(turn).send(at, draft(`${key} of ${by.id}`), undefined)
      })
      const results = await Promise.allSettled(sending)
      const pages = await Promise.all(['open', 'team'].map((place) => store.messages(`${prefix}-${place}`, 100)))
      for (const { messages } of pages) expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, at) => at + 1))
      const stored = new Map(pages.flatMap(({ messages }) => messages).map((message) => [message.id, message]))
      const answers = results.filter(isMessage).map(({ value }) => value)
      expect(new Set(answers.map(({ id }) => id))).toEqual(new Set(stored.keys()))
      for (const answer of answers) expect(stored.get(answer.id)).toEqual(answer)
      for (const [at, result] of results.entries()) {
        const { by, place, key } = commands[at] ?? { by: ada, place: '', key: '' }
        const message = stored.get(`${prefix}-${key}`)
        const isMine = message?.author.id === by.id && message.conversationId === `${prefix}-${place}`
        expect(result.status).toBe(isMine ? 'fulfilled' : 'rejected')
        if (!isMessage(result))
          expect(['FORBIDDEN', 'INVALID_INPUT']).toContain((result.reason as { code: string }).code)
      }
    })
    await fc.assert(property, { numRuns: 25 })
  })

  it('[CHS2, CHS9] changes of one message at once make one version each', async () => {
    await using fixture = await createFixture()
    const { node, store } = await openForPeople(fixture)
    await store.create(write(ada, 'team'), 'Team', false, [bob.id, eve.id])
    await store.send(write(ada, 'one'), draft('one'), undefined)
    const changes = Array.from({ length: 30 }, (_, at) => {
      const by = people[at % 3] ?? ada
      if (at % 5 === 0) return node(at).edit(write(ada, `e${at}`), 'one', `text ${at}`, [bob.id])
      return node(at).react(write(by, `r${at}`), 'one', ['👍', '🎉'][at % 2] ?? '', true)
    })
    const versions = await Promise.all(changes)
    expect(versions.map(({ rev }) => rev).toSorted((a, b) => a - b)).toEqual(changes.map((_, at) => at + 2))
    const newest = versions.find(({ rev }) => rev === 31)
    expect((await store.messages('team', 1)).messages).toEqual([newest])
    const revs = (await store.unpublished()).map(({ message }) => message?.rev ?? 0)
    expect(revs).toEqual(revs.map((_, at) => at))
    const marks = newest?.reactions.map(({ userIds }) => userIds.toSorted())
    expect(marks).toEqual([
      ['ada', 'bob', 'eve'],
      ['ada', 'bob', 'eve'],
    ])
  })

  it('[CHS1, CHS15] readers and writers of many conversations do not wait for each other for ever', async () => {
    await using fixture = await createFixture()
    const { node, store } = await openForPeople(fixture)
    for (const id of ['a', 'b']) await store.create(write(ada, id, id), id, true, [bob.id, eve.id])
    const work = Array.from({ length: 60 }, (_, at) => {
      const by = people[at % 3] ?? ada
      const id = at % 2 === 0 ? 'a' : 'b'
      const steps = [
        () => node(at).send(write(by, `m${at}`, id), draft(`m${at}`, { mentions: [ada.id, eve.id] }), undefined),
        () => node(at).read(id, by.id, at % 7),
        () => node(at).inboxEntries(id),
        () => node(at).enter({ ...by, name: `${by.name} ${at}` }),
        () => node(at).join(id, by.id),
      ]
      return Promise.all(steps.map((step) => step()))
    })
    await Promise.all(work)
    for (const id of ['a', 'b']) {
      const { messages } = await store.messages(id, 100)
      expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1))
    }
  })
}
