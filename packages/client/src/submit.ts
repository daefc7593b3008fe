import { fail, type Schema, type WireAnswer } from '@millrace/contract'
import type { CallOptions } from './call.ts'
import { checkInput, roughBytes, whenParsed } from './check-input.ts'
import type { Host } from './host.ts'
import type { Serial } from './serial.ts'

/** A namespace or a room: what leaves on one lane leaves in the order of the calls. */
export interface Lane {
  readonly name: string
  readonly serial: Serial
}

export interface Submission {
  readonly what: string
  readonly name: string
  readonly schema: Schema
  readonly version: number
  readonly isEvent: boolean
}

/** Checks an input and sends it. Rejects with a MillraceError where it is invalid or gets no answer. */
export function submit(host: Host, lane: Lane, submission: Submission, input: unknown, options: CallOptions): Promise<WireAnswer> {
  const { what, name, schema, version, isEvent } = submission
  const key = options.key ?? host.random.id()
  return new Promise((resolve, reject) => {
    if (key.length === 0 || key.length > 64) return reject(fail('INVALID_INPUT', `the key of ${what} must be 1 to 64 characters`))
    const send = () => {
      const unreachable = host.start()
      if (unreachable) return reject(unreachable)
      const { timeoutMs = host.requestTimeoutMs, signal } = options
      const encode = (room: number | undefined) => ({
        input,
        ...(room === undefined ? {} : { room }),
        key,
        ...(version === 1 ? {} : { version }),
      })
      const call = { lane: lane.name, bytes: roughBytes(input), what, name, input, isEvent, isRead: false, key, timeoutMs, signal, encode }
      host.requests.send(call).then(resolve, reject)
    }
    lane.serial.run(() =>
      whenParsed(checkInput(schema, input, `input of ${name}`), (checked) => (checked.ok ? send() : reject(checked.error))),
    )
  })
}
