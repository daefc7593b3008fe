import { type } from 'arktype'
import * as v from 'valibot'
import * as z from 'zod'
import {
  defineContract,
  event,
  request,
  room,
  type EventInput,
  type EventName,
  type EventOutput,
  type EventsOf,
  type HasPresence,
  type MemberEventName,
  type ParamsInput,
  type ParamsOutput,
  type ParsedRequestInput,
  type ParsedRequestOutput,
  type PresenceStateInput,
  type PresenceStateOutput,
  type PresenceUserInput,
  type PresenceUserOutput,
  type RequestFailure,
  type RequestInput,
  type RequestName,
  type RequestOutput,
  type RequestsOf,
  type QuestionsOf,
  type RoomName,
  type RoomsOf,
  type SnapshotInput,
  type SnapshotOutput,
} from '@millrace/contract'
import { check, type IsAny, type Same } from './type-checks.ts'

// Each schema's input is a date as text, its output the parsed value: a wrong side shows.
const zod = z.object({ at: z.string().transform((text) => text.length) })
const valibot = v.object({
  at: v.pipe(
    v.string(),
    v.transform((text) => text.length),
  ),
})
const arktype = type({ at: type('string').pipe((text) => text.length) })
type Sent = { at: string }
type Received = { at: number }

const contract = defineContract({
  namespace: '/chat',
  requests: {
    ask: request({ input: zod, output: valibot, errors: { SLOW_MODE: zod, FULL: z.object({ seats: z.number() }) } }),
  },
  questions: { confirm: request({ input: arktype, output: zod }) },
  events: { notice: event(valibot) },
  rooms: {
    conversation: room({
      params: zod,
      presence: { user: arktype, state: valibot },
      snapshot: arktype,
      events: {
        message: event(zod),
        score: event(valibot, { delivery: 'latest', key: 'at' }),
        typing: event(arktype, { delivery: 'volatile', publish: 'members' }),
        mark: event(zod, { publish: 'members' }),
      },
      requests: { send: request({ input: valibot, output: arktype }) },
    }),
    lobby: room({}),
  },
})
type Chat = typeof contract
type Conversation = RoomsOf<Chat>['conversation']
type Lobby = RoomsOf<Chat>['lobby']
type Ask = RequestsOf<Chat>['ask']
type Send = RequestsOf<Conversation>['send']

// [CON11] the sender's side is the schema's input, the receiver's its output
check<Same<RequestInput<Ask>, Sent>>()
check<Same<ParsedRequestInput<Ask>, Received>>()
check<Same<RequestOutput<Ask>, Sent>>()
check<Same<ParsedRequestOutput<Ask>, Received>>()
check<Same<RequestInput<Send>, Sent>>()
check<Same<ParsedRequestOutput<Send>, Received>>()
check<Same<ParsedRequestInput<QuestionsOf<Chat>['confirm']>, Received>>()
check<Same<EventInput<EventsOf<Chat>['notice']>, Sent>>()
check<Same<EventOutput<EventsOf<Chat>['notice']>, Received>>()
check<Same<EventInput<EventsOf<Conversation>['typing']>, Sent>>()
check<Same<EventOutput<EventsOf<Conversation>['score']>, Received>>()
check<Same<ParamsInput<Conversation>, Sent>>()
check<Same<ParamsOutput<Conversation>, Received>>()
check<Same<SnapshotInput<Conversation>, Sent>>()
check<Same<SnapshotOutput<Conversation>, Received>>()
check<Same<PresenceUserInput<Conversation>, Sent>>()
check<Same<PresenceUserOutput<Conversation>, Received>>()
check<Same<PresenceStateInput<Conversation>, Sent>>()
check<Same<PresenceStateOutput<Conversation>, Received>>()

// [CON11] a room without parameters, snapshot or presence says so
check<Same<ParamsInput<Lobby>, Record<string, never>>>()
check<Same<SnapshotOutput<Lobby>, undefined>>()
check<Same<HasPresence<Lobby>, false>>()
check<Same<HasPresence<Conversation>, true>>()

// [CON11] nothing is any
type Inferred =
  | [RequestInput<Ask>, ParsedRequestInput<Ask>, RequestOutput<Ask>, ParsedRequestOutput<Ask>, RequestFailure<Ask>]
  | [EventInput<EventsOf<Chat>['notice']>, EventOutput<EventsOf<Conversation>['message']>, ParamsOutput<Conversation>]
type NoAny<T extends readonly unknown[]> = T extends readonly [infer Head, ...infer Rest]
  ? IsAny<Head> extends true
    ? false
    : NoAny<Rest>
  : true
check<NoAny<Inferred>>()
// @ts-expect-error [CON11] the check itself finds an any
check<NoAny<[string, ReturnType<typeof JSON.parse>]>>()

// [CON12] the names are those of the contract
check<Same<RequestName<Chat>, 'ask'>>()
check<Same<EventName<Chat>, 'notice'>>()
check<Same<RoomName<Chat>, 'conversation' | 'lobby'>>()
check<Same<EventName<Conversation>, 'message' | 'score' | 'typing' | 'mark'>>()
check<Same<RequestName<Lobby>, never>>()
// @ts-expect-error [CON12] the contract has no request of that name
type _Missing = RequestsOf<Chat>['missing']
// @ts-expect-error [CON12] the room has no event of that name
type _MissingEvent = EventsOf<Conversation>['missing']

// [CON12] what does not fit its schema
// @ts-expect-error [CON12] the payload lacks a member
export const lacking: EventInput<EventsOf<Conversation>['message']> = {}
// @ts-expect-error [CON12] the input has a member of another type
export const wrongInput: RequestInput<Ask> = { at: 1 }
// @ts-expect-error [CON12] the handler's answer has a member of another type
export const wrongAnswer: RequestOutput<Ask> = { at: 1 }
// @ts-expect-error [CON12] the input has a member too many
export const excess: RequestInput<Ask> = { at: '', more: 1 }
// @ts-expect-error [CON12] a parameter of another type
export const wrongParams: ParamsInput<Conversation> = { at: 1 }
// @ts-expect-error [CON12] a room without parameters takes none
export const noParams: ParamsInput<Lobby> = { at: '' }
// @ts-expect-error [CON12] a snapshot of another type
export const wrongSnapshot: SnapshotInput<Conversation> = { at: 1 }

// [CON15] declared errors are found by their code
export function seatsOf(failure: RequestFailure<Ask>): number {
  if (failure.code === 'FULL') return failure.data.seats
  if (failure.code === 'SLOW_MODE') return failure.data.at
  // @ts-expect-error [CON15] an error of the framework carries no data of a known type
  return failure.data.seats
}
check<Same<RequestFailure<Send>['code'], import('@millrace/contract').ErrorCode>>()
export function compareCode(failure: RequestFailure<Ask>): boolean {
  // @ts-expect-error [CON15] nobody declares this code
  return failure.code === 'NOBODY'
}

// [CON16] only declared events may be published by members
check<Same<MemberEventName<Conversation>, 'typing' | 'mark'>>()
check<Same<MemberEventName<Lobby>, never>>()

// [CON10] defaults are known to the types, inside a contract too
check<Same<EventsOf<Conversation>['message']['delivery'], 'durable'>>()
check<Same<EventsOf<Conversation>['message']['publish'], 'server'>>()
check<Same<EventsOf<Conversation>['typing']['delivery'], 'volatile'>>()
check<Same<EventsOf<Conversation>['mark']['delivery'], 'durable'>>()
check<Same<EventsOf<Conversation>['score']['publish'], 'server'>>()
check<Same<EventsOf<Chat>['notice']['delivery'], 'durable'>>()
