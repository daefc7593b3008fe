import { Opening, type CloseHow, type Store, type StoreContext, type StoreProvider } from '@millrace/server'
import { openSocketIoAdapter } from './adapter/socket-io-adapter.ts'
import { messageOf } from './command-fault.ts'
import { Commands } from './commands.ts'
import { createSubscriber } from './create-subscriber.ts'
import { Hearing } from './hearing.ts'
import { KeyNames } from './key-names.ts'
import { NodeLease } from './node-lease.ts'
import { openClient } from './open-client.ts'
import { Reaper } from './reaper.ts'
import { RedisBus } from './redis-bus.ts'
import { RedisBlobs } from './redis-blobs.ts'
import { RedisEventLog } from './redis-event-log.ts'
import { RedisKeyedState } from './redis-keyed-state.ts'
import { readAddress } from './redis-address.ts'
import { settingsOf, type RedisOptions, type Settings, type StoreClock } from './redis-options.ts'
import { RedisPresence } from './redis-presence.ts'
import { RedisRequestClaims } from './redis-request-claims.ts'
import { RedisRevocations } from './redis-revocations.ts'
import { RedisSingletons } from './redis-singletons.ts'
import { RedisTimeSeries } from './redis-time-series.ts'
import { refusal } from './refusal.ts'
import { RoomKeeper } from './room-keeper.ts'
import { shardsOf } from './shards.ts'
import { Skips } from './skips.ts'
import type { StoreParts } from './store-parts.ts'

export interface RedisStore extends Store {
  /** What came from Redis, could not be read and was stepped past. */
  readonly skipped: number
  /** What `server.io` sent to other nodes and Redis did not take. */
  readonly dropped: number
  /** Resolves when every subscription of this node has heard a message that was sent after the call began. */
  probe(): Promise<void>
}

export interface RedisProvider extends StoreProvider {
  open(context: StoreContext): Promise<RedisStore>
}

/**
 * The store of a cluster: one Redis of version 7 or newer, or a Redis Cluster, found out by asking. An acknowledged append
 * is in the primary's memory (`stored`); what it survives is what that Redis survives.
 */
export function redis(options: RedisOptions): RedisProvider {
  return redisWithClock(options, undefined)
}

/** @param now Replaces Redis's clock, for tests in which time passes by hand. Leases stay in Redis's time. */
export function redisWithClock(options: RedisOptions, now: StoreClock): RedisProvider {
  const settings = settingsOf(options, now)
  return { open: (context) => openStore(settings, context) }
}

async function openStore(settings: Settings, context: StoreContext): Promise<RedisStore> {
  const client = await openClient(settings, context.onError)
  const opening = new Opening(context.onError)
  const names = new KeyNames(settings.prefix)
  const commands = new Commands(client, settings, context)
  const skips = new Skips()
  const parts: StoreParts = { commands, names, opening, random: context.random, settings, skips }
  const lease = new NodeLease(commands, names, context)
  const shards = shardsOf(client, (host, port) => createSubscriber(settings, host, port))
  const hearing = new Hearing(parts, lease, shards, context)
  const { channels, live } = hearing
  const log = new RedisEventLog(parts, live)
  const state = new RedisKeyedState(parts, live)
  const presence = new RedisPresence(parts, live, lease, context.onError)
  const series = new RedisTimeSeries(parts, live)
  hearing.compare([log, state, presence, series])
  const touch = async (): Promise<void> => void (await Promise.all([log.touch(), state.touch()]))
  try {
    await lease.open()
    await hearing.open()
  } catch (error) {
    hearing.close()
    client.disconnect()
    throw new Error(
      refusal(readAddress(settings).label, messageOf(error instanceof Error ? (error.cause ?? error) : error)),
      {
        cause: error,
      },
    )
  }
  const keeper = new RoomKeeper(context.clock, touch, context.onError)
  const reaper = new Reaper(parts, context)
  const socketIoAdapter = openSocketIoAdapter({ client, prefix: settings.prefix, skips }, context)

  const leave = async (how: CloseHow | undefined): Promise<void> => {
    if (how?.isDrained) return lease.lapse()
    await lease.close()
    await reaper.reap(lease.node)
  }
  let closing: Promise<void> | undefined
  const close = async (how: CloseHow | undefined): Promise<void> => {
    opening.close()
    hearing.close()
    keeper.close()
    reaper.close()
    socketIoAdapter.close()
    // From here on nothing is tried twice, so that a Redis that does not answer holds nobody up.
    commands.close()
    await leave(how).catch(context.onError)
    client.disconnect()
  }
  return {
    log,
    state,
    blobs: new RedisBlobs(parts),
    series,
    presence,
    bus: new RedisBus(parts, channels),
    claims: new RedisRequestClaims(parts, lease),
    revocations: new RedisRevocations(parts),
    singletons: new RedisSingletons(parts),
    socketIoAdapter,
    isReady: () => opening.isOpen && hearing.isReady(),
    get skipped() {
      return skips.count
    },
    get dropped() {
      return socketIoAdapter.dropped
    },
    probe: () => hearing.probe(),
    close: (how) => (closing ??= close(how)),
  }
}
