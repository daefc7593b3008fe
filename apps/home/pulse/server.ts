import { fail } from '@millrace/contract'
import { implement, type Implementation, type Server, type Store, type UserLike } from '@millrace/server'
import { Census } from './census.ts'
import { pulse } from './contract.ts'
import { Headcounts } from './headcounts.ts'
import { readLastTick } from './read-last-tick.ts'
import { runTicker } from './ticker.ts'

/** From an answer to what follows from it: the answer leaves first. A round trip is not waited for, a write is. */
const answerFirstMs = 100
/** Whoever is cut off or killed comes back sooner, and finds what was published meanwhile. */
const defaultLingerMs = 15_000
/** How often a node tells who is at it. */
const tellEveryMs = 500

export interface PulseOptions<User extends UserLike> {
  /** On which the pulse will be mounted. */
  readonly server: Server<User>
  /** The server's own. */
  readonly store: () => Store
  /** An id that no other node has. */
  readonly nodeId: string
  /** What people call this node, and its next process: of the two one counts. */
  readonly nodeName: string | undefined
  /** Who is in the chat at this node: their ids. */
  readonly people: () => readonly string[]
  /** Cuts the connections of a user hard. */
  readonly cut: (userId: string) => void
  /** Ends this process hard. Undefined: visitors may not. */
  readonly kill: (() => void) | undefined
  /** Stops the store for five seconds. Undefined: visitors may not. */
  readonly freeze: (() => void) | undefined
  readonly processId: number
  /** How long it goes on when nobody is left, ms. Default 15,000. */
  readonly lingerMs?: number
  readonly onError: (error: unknown) => void
}

export interface Pulse<User extends UserLike> {
  /** For `server.mount`. */
  readonly implementation: Implementation<User>
  /** Once the server is open. The nodes of a cluster tick one at a time, while somebody is connected and a little longer. */
  readonly start: () => void
  /** Before the server drains or closes, which ends the ticks. */
  readonly stop: () => void
}

export function createPulse<User extends UserLike>(options: PulseOptions<User>): Pulse<User> {
  const { server, store, nodeId, nodeName, people, cut, kill, freeze, processId, onError } = options
  const { lingerMs = defaultLingerMs } = options
  const census = new Census(() => store().presence, nodeId)
  const visitors = () => server.connections(pulse).map(({ user }) => user.id)
  let heardAt = -Infinity
  const isHeard = (): boolean => {
    if (visitors().length > 0) heardAt = performance.now()
    return performance.now() - heardAt < lingerMs
  }
  /** Every node, so that whichever one ticks can count. A store that does not answer is asked again, and is no news. */
  const tell = () => {
    if (!server.isReady()) return
    census.tell({ node: [nodeName ?? nodeId], visitor: visitors(), person: people() }).catch(onError)
  }
  const tick = (signal: AbortSignal): Promise<void> => {
    const room = server.room(pulse, 'pulse', {})
    const headcounts = new Headcounts({
      person: (count) => room.publish('chat', { people: count }),
      node: (count) => room.publish('nodes', { count }),
    })
    const look = async () => {
      const counts = await census.count()
      if (counts.visitor > 0) heardAt = performance.now()
      if (isHeard()) await headcounts.tell(counts)
    }
    const publish = (n: number) => room.publish('tick', { n }, { key: `tick ${n}` })
    return runTicker({ isHeard, readLast: () => readLastTick(store().log), publish, look, onError }, signal)
  }
  let telling: NodeJS.Timeout | undefined
  return {
    start: () => {
      tell()
      telling = setInterval(tell, tellEveryMs).unref()
      server.singleton('pulse', ({ signal }) => tick(signal))
    },
    stop: () => clearInterval(telling),
    implementation: implement<typeof pulse, User>(pulse, {
      onConnect: tell,
      onDisconnect: tell,
      requests: {
        about: () => ({ process: kill ? processId : null, node: nodeName ?? null, canFreeze: freeze !== undefined }),
        cut: ({ user }) => {
          setTimeout(() => cut(user.id), answerFirstMs)
          return {}
        },
        kill: () => {
          if (!kill) throw fail('FORBIDDEN', 'this server may not be killed by its visitors; run your own to try it')
          setTimeout(kill, answerFirstMs)
          return {}
        },
        freeze: () => {
          if (!freeze) throw fail('FORBIDDEN', 'there is no Redis that visitors may freeze; npm run cluster starts one')
          setTimeout(freeze, answerFirstMs)
          return {}
        },
      },
      rooms: { pulse: { authorize: () => true } },
    }),
  }
}
