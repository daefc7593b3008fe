/** The shapes of the wire. A change is a change of the protocol: docs/protocol.md, `protocolVersion`. */
export type * from './wire-connection.ts'
export type * from './wire-room.ts'
export type * from './wire-frame.ts'
export type * from './wire-state.ts'
export type * from './wire-presence.ts'
export type * from './wire-history.ts'
export type * from './wire-series.ts'
