import * as z from 'zod'
import { bytes, defineContract, event, request, room, type EventInput, type EventsOf } from '@millrace/contract'
import { check, type Same } from './type-checks.ts'

const schema = z.object({ playerId: z.string(), points: z.number(), tags: z.array(z.string()) })
const ask = request({ input: schema, output: schema })

// [CON13] a misspelt member of a contract
// @ts-expect-error [CON13] `request` is no member of a contract
defineContract({ namespace: '/', request: { ask } })
// @ts-expect-error [CON13] without a namespace there is no contract
defineContract({ requests: { ask } })
// [CON13] a misspelt member of a room
// @ts-expect-error [CON13] `event` is no member of a room
room({ params: schema, event: {} })
// @ts-expect-error [CON13] `maxEvent` is no limit
room({ history: { maxEvent: 1 } })
// @ts-expect-error [CON13] `version` is a number
room({ version: '1' })
// @ts-expect-error [CON13] an event in the place of a request
defineContract({ namespace: '/', requests: { ask: event(schema) } })
// @ts-expect-error [CON13] a request in the place of an event
room({ events: { ask } })
// @ts-expect-error [CON13] a schema is not an event
room({ events: { ask: schema } })
// @ts-expect-error [CON13] a schema is asked for
event({ text: 'string' })
// @ts-expect-error [CON13] a request has an output
request({ input: schema })
// @ts-expect-error [CON13] presence has a user and a state
room({ presence: { user: schema } })

// [CON14] the key of a latest event
event(schema, { delivery: 'latest', key: 'playerId' })
event(schema, { delivery: 'latest', key: 'points' })
event(schema, { delivery: 'latest' })
// @ts-expect-error [CON14] no member of that name
event(schema, { delivery: 'latest', key: 'player' })
// @ts-expect-error [CON14] a list cannot tell values apart
event(schema, { delivery: 'latest', key: 'tags' })
// @ts-expect-error [CON14] a durable event has no key
event(schema, { delivery: 'durable', key: 'playerId' })
// @ts-expect-error [CON14] durable is the default
event(schema, { key: 'playerId' })
// @ts-expect-error [CON14] there are three deliveries
event(schema, { delivery: 'reliable' })

// [CON15] declared errors
request({ input: schema, output: schema, errors: { SLOW_MODE: schema } })
// @ts-expect-error [CON15] a code of the framework
request({ input: schema, output: schema, errors: { INTERNAL: schema } })
// @ts-expect-error [CON15] the data has a schema
request({ input: schema, output: schema, errors: { SLOW_MODE: { seconds: 1 } } })

// [CON11] bytes are bytes
const files = defineContract({ namespace: '/', rooms: { files: room({ events: { file: event(bytes()) } }) } })
check<Same<EventInput<EventsOf<(typeof files)['rooms']['files']>['file']>, Uint8Array>>()
