import type { Contract } from './contract.ts'
import type { ErrorCode } from './errors.ts'
import type { EventEntry } from './event-entry.ts'
import type { MillraceError } from './millrace-error.ts'
import type { ErrorEntries, RequestEntry } from './request-entry.ts'
import type { PresenceEntry, RoomEntry } from './room-entry.ts'
import type { SeriesEntry } from './series-entry.ts'
import type { InputOf, OutputOf, Schema } from './standard-schema.ts'

type None = Record<never, never>

export type RequestsOf<T> = T extends { readonly requests: infer R extends Readonly<Record<string, RequestEntry>> }
  ? R
  : None
export type QuestionsOf<T> = T extends { readonly questions: infer R extends Readonly<Record<string, RequestEntry>> }
  ? R
  : None
export type EventsOf<T> = T extends { readonly events: infer E extends Readonly<Record<string, EventEntry>> } ? E : None
export type RoomsOf<C extends Contract> = C extends {
  readonly rooms: infer R extends Readonly<Record<string, RoomEntry>>
}
  ? R
  : None

export type RequestName<T> = keyof RequestsOf<T> & string
export type EventName<T> = keyof EventsOf<T> & string
export type RoomName<C extends Contract> = keyof RoomsOf<C> & string

/** The events of a room that its members may publish. */
export type MemberEventName<R> = {
  [N in EventName<R>]: EventsOf<R>[N] extends { readonly publish: 'members' } ? N : never
}[EventName<R>]

export type RequestInput<E> = E extends RequestEntry<infer I> ? InputOf<I> : never
export type ParsedRequestInput<E> = E extends RequestEntry<infer I> ? OutputOf<I> : never
export type RequestOutput<E> = E extends RequestEntry<Schema, infer O> ? InputOf<O> : never
export type ParsedRequestOutput<E> = E extends RequestEntry<Schema, infer O> ? OutputOf<O> : never
export type RequestErrors<E> = E extends RequestEntry<Schema, Schema, infer R extends ErrorEntries> ? R : None

type ErrorData<S> = S extends Schema ? OutputOf<S> : never

/** What a request can fail with: the framework's codes, or a declared one with its data. */
export type RequestFailure<E> =
  | MillraceError<ErrorCode>
  | {
      [C in keyof RequestErrors<E> & string]: MillraceError<C, ErrorData<RequestErrors<E>[C]>>
    }[keyof RequestErrors<E> & string]

export type EventInput<E> = E extends EventEntry<infer S> ? InputOf<S> : never
export type EventOutput<E> = E extends EventEntry<infer S> ? OutputOf<S> : never

export type ParamsInput<R> = R extends { readonly params: infer S extends Schema } ? InputOf<S> : Record<string, never>
export type ParamsOutput<R> = R extends { readonly params: infer S extends Schema }
  ? OutputOf<S>
  : Record<string, never>

export type SnapshotInput<R> = R extends { readonly snapshot: infer S extends Schema } ? InputOf<S> : undefined
export type SnapshotOutput<R> = R extends { readonly snapshot: infer S extends Schema } ? OutputOf<S> : undefined

type PresenceOf<R> = R extends { readonly presence: infer P extends PresenceEntry } ? P : never
export type HasPresence<R> = R extends { readonly presence: PresenceEntry } ? true : false
export type PresenceUserInput<R> = InputOf<PresenceOf<R>['user']>
export type PresenceUserOutput<R> = OutputOf<PresenceOf<R>['user']>
export type PresenceStateInput<R> = InputOf<PresenceOf<R>['state']>
export type PresenceStateOutput<R> = OutputOf<PresenceOf<R>['state']>

export type SeriesOf<R> = R extends { readonly series: infer S extends Readonly<Record<string, SeriesEntry>> }
  ? S
  : None
export type SeriesName<R> = keyof SeriesOf<R> & string
export type SeriesKey<S> = S extends SeriesEntry<infer K> ? InputOf<K> & string : never
export type SeriesField<S> = S extends SeriesEntry<Schema, infer F> ? F : never
