import { randomUUID } from 'node:crypto'
import { roomKey } from '@millrace/contract'
import {
  implement,
  type Implementation,
  type Server,
  type SingletonHandle,
  type Store,
  type UserLike,
} from '@millrace/server'
import { charts } from './contract.ts'
import { followState } from './follow-state.ts'
import type { NodeLog } from './log/node-log.ts'
import { Troubles } from './log/troubles.ts'
import { Fleet } from './machine/fleet.ts'
import { MachineRun } from './machine/run-machine.ts'
import { runMarket, type Simulation } from './market/run-market.ts'
import { createSetRate } from './market/set-rate.ts'
import { rest } from './rest.ts'

export { levels as logLevels } from './contract.ts'
export type { LogLevel } from './log/line-buffer.ts'
export { overhear } from './log/overhear.ts'
export { NodeLog, type SaidLine } from './log/node-log.ts'
export { nodeNameOf } from './machine/node-name.ts'

const defaultRate = 500
const maxStopMs = 1_500
const dayMs = 86_400_000
const defaultLingerMs = 10_000
const { rate: rateEvent } = charts.rooms.wishes.events
const { simulation: simulationEvent } = charts.rooms.market.events

export interface ChartsOptions<User extends UserLike> {
  /** On which the charts will be mounted. */
  readonly server: Server<User>
  /** The server's own. */
  readonly store: () => Store
  /** Of this node, like no other's: at most 64 of A-Z a-z 0-9 _ . : - */
  readonly nodeName: string
  readonly log: NodeLog
  /** Whether somebody may set the rate of the simulation. */
  readonly maySetRate: (user: User) => boolean
  /** What the market is a function of. Default 1729. */
  readonly seed?: number
  /** How long the simulation goes on at its rate when nobody watches any more. Default 10,000 ms. */
  readonly lingerMs?: number
  /** How far back it fills in what nobody simulated, at most what the series keeps. Default one day. */
  readonly backMs?: number
  /** A node that was not heard of for so long is dead; more than 5,000 ms. Default 15,000. */
  readonly lapsedMs?: number
  readonly onError: (error: unknown) => void
}

export interface Charts<User extends UserLike> {
  /** For `server.mount`. */
  readonly implementation: Implementation<User>
  /** Once the server is open. */
  readonly start: () => void
  /** Before the server drains or closes, which ends the simulation. Takes this node off the list. */
  readonly stop: () => Promise<void>
}

export function createCharts<User extends UserLike>(options: ChartsOptions<User>): Charts<User> {
  const {
    server,
    store,
    nodeName: node,
    log,
    maySetRate,
    seed = 1729,
    lingerMs = defaultLingerMs,
    backMs = dayMs,
    onError,
  } = options
  const machines = () => server.room(charts, 'machines', {})
  const market = () => server.room(charts, 'market', {})
  const wishes = () => server.room(charts, 'wishes', {})
  const fleet = new Fleet(options.lapsedMs)
  const stopping = new AbortController()
  let rate = defaultRate
  let machine: MachineRun | undefined
  let simulation: SingletonHandle | undefined
  let troubles: NodeJS.Timeout | undefined

  const follow = (room: string, hear: Parameters<typeof followState>[0]['hear']): void => {
    const following = { state: store().state, room: roomKey(charts.namespace, room, {}), hear, onError }
    void followState(following, stopping.signal)
  }

  const readSimulation = async (): Promise<Simulation | undefined> => {
    const { values } = await store().state.read(market().key)
    const payload = values.find(({ name }) => name === 'simulation')?.payload
    return typeof payload === 'string' ? simulationEvent.payload.safeParse(JSON.parse(payload)).data : undefined
  }

  return {
    start: () => {
      const boot = randomUUID()
      log.start(({ at, level, text, count }, key) =>
        server.room(charts, 'log', {}).publish('line', { at, level, node, text, count }, { key: `${boot} ${key}` }),
      )
      const look = new Troubles(log)
      troubles = setInterval(() => look.look(server.counters(), server.isReady()), 1_000).unref()
      follow('machines', (values, isEverything) => fleet.hear(values, isEverything, performance.now()))
      follow('wishes', (values) => {
        for (const { payload } of values) {
          const wish = typeof payload === 'string' ? rateEvent.payload.safeParse(JSON.parse(payload)) : undefined
          if (wish?.success) rate = wish.data.perSecond
        }
      })
      machine = new MachineRun({
        name: node,
        fleet,
        counters: () => server.counters(),
        watching: () => server.connections(charts).length,
        append: (key, at, values) => machines().series('use').append(key, at, values),
        publish: (facts) => machines().publish('node', facts),
        remove: (name) => machines().remove('node', name),
        onError,
      })
      machine.start()
      simulation = server.singleton('market', (context) =>
        runMarket(
          {
            seed,
            node,
            now: Date.now,
            rate: () => rate,
            isWatched: () => fleet.watching() > 0,
            lingerMs,
            backMs,
            readSimulation,
            append: (symbol, at, price) => market().series('price').append(symbol, at, { price }),
            quote: (quote) => market().publish('quote', quote),
            tell: (simulation) => market().publish('simulation', simulation),
            say: (text) => log.say('info', text),
            onError,
          },
          context,
        ),
      )
    },
    stop: async () => {
      stopping.abort()
      clearInterval(troubles)
      const stopped = Promise.all([simulation?.stop(), machine?.stop(), log.stop()])
      // What the store does not take now, it may not take at all.
      await Promise.race([stopped, rest(maxStopMs, new AbortController().signal)])
    },
    implementation: implement<typeof charts, User>(charts, {
      onConnect: () => machine?.tell(),
      onDisconnect: () => machine?.tell(),
      rooms: {
        machines: { authorize: () => true },
        wishes: { authorize: () => true },
        log: { authorize: () => true },
        market: {
          authorize: () => true,
          requests: {
            'rate.set': createSetRate({
              maySetRate,
              wish: (perSecond) => wishes().publish('rate', { perSecond }),
              log,
            }),
          },
        },
      },
    }),
  }
}
