import type { Schema } from '@millrace/contract'
import type { Call, CallOptions } from './call.ts'
import { checkInput, roughBytes, whenParsed } from './check-input.ts'
import type { Host } from './host.ts'
import { refuse, type Outcome } from './outcome.ts'
import type { Serial } from './serial.ts'

/** A namespace or a room: what leaves on one lane leaves in the order of the calls. */
export interface Lane {
  readonly name: string
  readonly serial: Serial
  /** Why nothing can be sent here now, not even later. */
  fault(): string | undefined
}

export interface Submission {
  readonly name: string
  readonly schema: Schema
  readonly version: number
  readonly isEvent: boolean
  /** Nobody else knows the key, and the server remembers the answer until it is told that it was received. */
  readonly settles?: boolean
}

/** A call as it is made. Without `bytes` it is one of the protocol's own, and takes nothing of the outbox's budget. */
type Made = Omit<Call, 'lane' | 'bytes'> & Partial<Pick<Call, 'bytes'>>

/** Sends a call, unless nothing can be sent on its lane. */
export function sendOn(host: Host, lane: Lane, call: Made): Promise<Outcome> {
  const fault = lane.fault()
  if (fault) return Promise.resolve(refuse('DISCONNECTED', `${call.what} was not sent: ${fault}`))
  return host.requests.send({ bytes: 0, ...call, lane: lane.name })
}

/** Checks an input and sends it. */
export function submit(
  host: Host,
  lane: Lane,
  submission: Submission,
  input: unknown,
  options: CallOptions,
): Promise<Outcome> {
  const { name, schema, version, isEvent } = submission
  const { key = host.random.id(), timeoutMs, signal } = options
  const what = `${isEvent ? 'event' : 'request'} ${name}`
  const encode = (room: number | undefined, settled?: readonly string[]) => ({
    input,
    key,
    room,
    settled,
    version: version === 1 ? undefined : version,
  })
  const send = () =>
    sendOn(host, lane, { ...submission, bytes: roughBytes(input), what, input, key, timeoutMs, signal, encode })
  return new Promise((resolve) => {
    if (!key || key.length > 64)
      return resolve(refuse('INVALID_INPUT', `the key of ${what} must be 1 to 64 characters`))
    lane.serial.run(() =>
      whenParsed(checkInput(schema, input, `input of ${name}`), (checked) => resolve(checked.ok ? send() : checked)),
    )
  })
}
