import type { Member } from '../load/member.ts'
import type { Load } from '../load/start-load.ts'
import { until } from '../load/until.ts'
import type { Fleet } from '../fleet/start-fleet.ts'
import type { Findings } from './findings.ts'

const readyMs = 10_000

/** Members beside those of the load. */
interface Guests {
  /** May be seen or not. */
  readonly away?: readonly Member[]
  readonly newcomers?: readonly Member[]
}

/**
 * Durable events, keyed state, volatile events and presence work, and the nodes say so in time.
 *
 * @param healedAt When nothing was broken any more, monotonic ms.
 */
export async function worksAgain(
  fleet: Fleet,
  load: Load,
  findings: Findings,
  healedAt: number,
  { away = [], newcomers = [] }: Guests = {},
): Promise<void> {
  await until('every node is ready', async () =>
    (await Promise.all(fleet.nodes.map((node) => node.isReady()))).every(Boolean),
  )
  const readyAfterMs = Math.round(performance.now() - healedAt)
  findings.result(`the nodes are ready within ${readyMs} ms`, readyAfterMs <= readyMs, readyAfterMs)
  await load.flows()
  await showsScoreAndTyping(load)
  const present = [...load.members, ...load.ears, ...newcomers].map(({ name }) => name)
  for (const ear of load.ears) {
    for (const room of load.rooms)
      await until(`${ear.name} sees who is in ${room}`, () => {
        const seen = ear
          .room(room)
          .presence.members()
          .map(({ id }) => id)
          .filter((id) => !away.some(({ name }) => name === id))
        return seen.toSorted().join() === present.toSorted().join()
      })
  }
}

/** A member's score and typing reach those on every node, and so does the end of the score. */
async function showsScoreAndTyping({ members, ears, rooms }: Load): Promise<void> {
  // Not one that publishes: what a member asks of a room waits for what it asked before.
  const author = members.at(-1)
  if (author === undefined) throw new Error('nobody is there to have a score; start the load with members')
  const player = author.name
  const points = performance.now()
  for (const name of rooms) {
    const room = author.room(name)
    const heard = { score: new Set<string>(), typing: new Set<string>(), removed: new Set<string>() }
    const offs = ears.flatMap((ear) => [
      ear.room(name).on('score', (score) => score.points === points && heard.score.add(ear.name)),
      ear.room(name).on('typing', ({ count }) => count === points && heard.typing.add(ear.name)),
      ear.room(name).on('removed', ({ key }) => key === player && heard.removed.add(ear.name)),
    ])
    await room.publish('score', { player, points })
    await until('the score is everywhere', () => heard.score.size === ears.length)
    await until('typing is heard everywhere', () => {
      room.publish('typing', { count: points })
      return heard.typing.size === ears.length
    })
    await room.request('forget', { player })
    await until('the score is nowhere', () => heard.removed.size === ears.length)
    for (const off of offs) off()
  }
}
