import { fail } from '@millrace/contract'
import { implement, type EventLog, type Implementation, type Server, type UserLike } from '@millrace/server'
import { pulse } from './contract.ts'
import { readLastTick } from './read-last-tick.ts'
import { Ticker } from './ticker.ts'

/** From an answer to what follows from it: the answer leaves first. A round trip is not waited for, a write is. */
const answerFirstMs = 100
/** Whoever is cut off or killed comes back sooner, and finds what was published meanwhile. */
const defaultLingerMs = 15_000
/** How many ticks lie between two looks at the number of people: a second's. */
const ticksPerLook = 20

export interface PulseOptions<User extends UserLike> {
  /** On which the pulse will be mounted. */
  readonly server: Server<User>
  /** That of the server's store. */
  readonly log: () => EventLog
  /** How many people are in the chat. */
  readonly people: () => number
  /** Cuts the connections of a user hard. */
  readonly cut: (userId: string) => void
  /** Ends this process hard. Undefined: visitors may not. */
  readonly kill: (() => void) | undefined
  readonly processId: number
  /** How long it goes on when nobody is left, ms. Default 15,000. */
  readonly lingerMs?: number
  readonly onError: (error: unknown) => void
}

/** The pulse, ready for `server.mount`. It ticks while somebody is connected to it, and a little longer. */
export function createPulse<User extends UserLike>(options: PulseOptions<User>): Implementation<User> {
  const { server, log, people, cut, kill, processId, lingerMs = defaultLingerMs, onError } = options
  let told: number | undefined
  let heardAt = 0
  const tellPeople = async () => {
    const count = people()
    if (count === told) return
    await server.room(pulse, 'pulse', {}).publish('chat', { people: count })
    told = count
  }
  const ticker = new Ticker({
    isHeard: () => {
      const now = performance.now()
      if (server.connections(pulse).length > 0) heardAt = now
      // A closing server is not ready, and has no connections any more.
      return now === heardAt || (now - heardAt < lingerMs && server.isReady())
    },
    readLast: () => readLastTick(log()),
    publish: async (n) => {
      await server.room(pulse, 'pulse', {}).publish('tick', { n }, { key: `tick ${n}` })
      if (told === undefined || n % ticksPerLook === 0) await tellPeople()
    },
    onError,
  })
  return implement<typeof pulse, User>(pulse, {
    onConnect: () => {
      heardAt = performance.now()
      ticker.start()
    },
    requests: {
      about: () => ({ process: kill ? processId : null }),
      cut: ({ user }) => {
        setTimeout(() => cut(user.id), answerFirstMs)
        return {}
      },
      kill: () => {
        if (!kill) throw fail('FORBIDDEN', 'this server may not be killed by its visitors; run your own to try it')
        setTimeout(kill, answerFirstMs)
        return {}
      },
    },
    rooms: { pulse: { authorize: () => true } },
  })
}
