import { fail } from '@millrace/contract'
import { seededRandom } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { openDesk, type Seat } from './support/desk.ts'

const roomIds = ['a', 'b']

/**
 * Two tabs send, lose their connection, are closed and opened again, while the server refuses now and then; in the end the
 * network holds and everything is answered.
 */
async function run(seed: number): Promise<void> {
  await using desk = await openDesk()
  const random = seededRandom(seed)
  /** Keys by the outbox and room that they were given to. */
  const sent = new Map<string, string[]>()
  const answered: string[] = []
  /** Keys of handlers that did something, and those that must not do it twice. */
  const done: string[] = []
  const paid: string[] = []
  let isCalm = false
  desk.rules.take = ({ name, key = '' }) => {
    if (!isCalm && random.fraction() < 0.2) throw fail('UNAVAILABLE', 'not now')
    if (!done.includes(key)) done.push(key)
    if (name === 'pay') paid.push(key)
  }
  const open = (): Seat => {
    const seat = desk.open()
    seat.outbox.on('answered', ({ request }) => answered.push(request.key))
    return seat
  }
  const seats = [open(), open()]
  let opened = 2
  const tabs = [0, 1]
  const steps: readonly ((seat: Seat, index: number) => Promise<void> | void)[] = [
    ({ outbox }, index) => {
      const room = random.pick(roomIds)
      const name = random.fraction() < 0.5 ? 'say' : 'pay'
      const lane = `${tabs[index]} ${room}`
      sent.set(lane, [...(sent.get(lane) ?? []), outbox.send('talk', { id: room }, name, { text: lane })])
    },
    ({ cable }) => cable.cut(random.pick(['both', 'client'])),
    ({ cable }) => void (cable.isPlugged = !cable.isPlugged),
    ({ cable }) => cable.hold(random.pick(['up', 'down'])),
    ({ cable }) => cable.release(),
    () => desk.pair.run(random.integer(3_000)),
    async (seat, index) => {
      await seat.outbox.close()
      await seat.client.close()
      seats[index] = open()
      tabs[index] = opened++
    },
  ]
  for (let step = 0; step < 60; step++) {
    const index = random.integer(2)
    await random.pick(steps)(seats[index]!, index)
    await desk.pair.flush(undefined, random.integer(20))
  }
  isCalm = true
  for (const { cable } of seats) {
    cable.isPlugged = true
    cable.release()
  }
  await desk.pair.run(120_000)
  expect(seats.flatMap(({ outbox }) => outbox.requests())).toEqual([])
  expect(seats.flatMap(({ errors }) => errors)).toEqual([])
  const keys = [...sent.values()].flat()
  expect(answered.sort()).toEqual(keys.sort())
  expect(paid).toHaveLength(new Set(paid).size)
  for (const lane of sent.values()) expect(done.filter((key) => lane.includes(key))).toEqual(lane)
}

describe('kept outboxes under seeded faults', () => {
  it('[KEP5, KEP10, KEP11, KEP15, KEP16] answer every request once and in order, whatever happens on the way', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      await run(seed).catch((cause: unknown) => {
        throw new Error(`seed ${seed}`, { cause })
      })
    }
  })
})
