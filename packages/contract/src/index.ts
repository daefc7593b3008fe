export type { InputOf, OutputOf, Schema, SchemaIssue, SchemaResult } from './standard-schema.ts'
export { bytes, type BytesSchema } from './bytes.ts'
export { canonicalJson, roomKey } from './room-key.ts'
export type { Cancel, Clock } from './clock.ts'
export {
  closeReason,
  closeTable,
  parseCloseReason,
  type CloseCode,
  type CloseReason,
  type Reconnect,
} from './close-reason.ts'
export { series, type SeriesEntry, type SeriesOptions } from './series-entry.ts'
export { event, type Delivery, type EventEntry, type EventOptions, type Publishers } from './event-entry.ts'
export { request, type ErrorEntries, type RequestEntry, type RequestOptions } from './request-entry.ts'
export {
  defaultHistory,
  room,
  type HistoryLimits,
  type PresenceEntry,
  type RoomEntry,
  type RoomOptions,
} from './room-entry.ts'
export type { Contract } from './contract.ts'
export { defineContract } from './define-contract.ts'
export { errorMeanings, errorTable, isErrorCode, type ErrorCode, type ErrorRule } from './errors.ts'
export { entryVersions, fingerprint } from './fingerprint.ts'
export { fail, MillraceError, type ErrorDetails, type WireError } from './millrace-error.ts'
export { entryNameFault, splitVersionedName, versionedName, wireNames } from './names.ts'
export { announcedAttachments } from './announced-attachments.ts'
export { parse, type Parsed } from './parse.ts'
export { parsePosition, samePosition, step, type Link, type Position, type Step } from './position.ts'
export { protocolVersion } from './protocol-version.ts'
export type { Random } from './random.ts'
export { defaultWireLimits, guardWire, type WireLimits } from './wire-guard.ts'
export type * from './infer.ts'
export type * from './wire.ts'
export { parseFrame, parseGap } from './frame.ts'
