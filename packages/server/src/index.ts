export type {
  Append,
  Appended,
  Entry,
  EventLog,
  LogGap,
  LogListener,
  LogPage,
  LogQuery,
  Payload,
  Subscription,
} from './ports/event-log.ts'
export {
  maxBlobBytes,
  maxBlobs,
  type Blob,
  type BlobInfo,
  type Blobs,
  type BlobWrite,
  type BlobWritten,
} from './ports/blobs.ts'
export type { KeyedState, StateChange, StateListener, StateUpdate, StateValue } from './ports/keyed-state.ts'
export type {
  Sample,
  SeriesAppended,
  SeriesListener,
  SeriesPage,
  SeriesPlan,
  SeriesPosition,
  SeriesQuery,
  TimeSeries,
} from './ports/time-series.ts'
export { chooseLevel, keptMs, levelsOf } from './series/levels.ts'
export { seriesBytes } from './series/series-bytes.ts'
export type { Presence, PresenceListener, PresenceMeta } from './ports/presence.ts'
export type { Bus, BusMessage } from './ports/bus.ts'
export type { Claim, RequestClaims } from './ports/request-claims.ts'
export {
  maxRevocations,
  revocationKeptMs,
  type Revocation,
  type RevocationNews,
  type Revocations,
} from './ports/revocations.ts'
export type { Singletons } from './ports/singletons.ts'
export type { SocketIoAdapter } from './ports/socket-io-adapter.ts'
export { keyWindowMs, type CloseHow, type Store, type StoreContext, type StoreProvider } from './ports/store.ts'
export { memory, type MemoryOptions } from './memory/memory-store.ts'
// What the other stores of this project build on
export { checkBlobCount, checkBlobName, checkBlobWrite } from './ports/check-blob.ts'
export { Fanouts } from './memory/fanouts.ts'
export { Bucket } from './series/bucket.ts'
export { firstNotBefore, PointList } from './series/point-list.ts'
export { unpackPoints } from './series/packed-points.ts'
export { thin, Thinner } from './series/thinner.ts'
export { Track, type ClosedPoints, type KeptTrack, type Taken, type TrackQuery } from './series/track.ts'
export { Tracks, type TakenSamples } from './series/tracks.ts'
export { metadataMs } from './memory/log-data.ts'
export { Opening } from './memory/opening.ts'
export { logFaults, type LogFaults } from './memory/log-faults.ts'
export { createServer } from './create-server.ts'
export type { DrainOptions } from './drain.ts'
export { createPublisher, type PublisherOptions } from './create-publisher.ts'
export type { Publisher } from './publisher/publisher.ts'
export type { Server, ServerCounters } from './server.ts'
export type { UserHandle } from './user-handle.ts'
export type { SingletonContext, SingletonHandle, SingletonRun } from './singleton/singleton.ts'
export type { ServerOptions } from './server-options.ts'
export { implement, type Implementation } from './implement.ts'
export type { Handlers, RoomContext, RoomHandlers } from './handlers.ts'
export type { RoomFollower } from './room/room-following.ts'
export type { RoomStorage } from './room/room-storage.ts'
export type {
  KickTarget,
  Published,
  PublishOptions,
  TypedConnectionHandle,
  TypedRoomHandle,
  TypedSeriesHandle,
} from './typed-handles.ts'
export type { HeardMeta } from './room/hear.ts'
export { jwtAuthenticate, type JwtOptions } from './jwt-authenticate.ts'
export type { Authenticate, Authenticated } from './connection/authenticate.ts'
export type { Handshake, UserLike } from './connection/connection.ts'
export { createNewestPublisher, type NewestPublisherOptions } from './newest-publisher.ts'
export { enterOnce } from './enter-once.ts'
export { Pace, type PaceOptions } from './pace.ts'
export { defaultLimits, type Limits } from './limits.ts'
export type { Middleware } from './pipeline/middleware.ts'
export type { Origins } from './transport/origins.ts'
export type { ListenOptions } from './transport/listen.ts'
