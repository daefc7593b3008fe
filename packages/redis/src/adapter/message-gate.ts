import type { Skips } from '../skips.ts'
import type { AdapterListener } from './adapter-clients.ts'
import { checkBroadcast } from './check-broadcast.ts'
import { checkRequest } from './check-request.ts'
import { checkResponse } from './check-response.ts'
import { MalformedMessage } from './malformed-message.ts'
import { isMembers } from './shapes.ts'
import { unpack } from './unpack.ts'

/** As of the option `parser` of `RedisAdapter`. */
export interface AdapterParser {
  encode(value: unknown): Buffer | undefined
  decode(message: Buffer): unknown
}

/** `[node, packet, target]` in MessagePack. */
const threeValues = 0x93
const brace = 0x7b

/** Between Redis and the adapter: what is none of its messages ends here, and so does every error. */
export class MessageGate {
  readonly #requestPrefix: string
  readonly #skips: Skips
  readonly #onError: (error: unknown) => void

  constructor(key: string, skips: Skips, onError: (error: unknown) => void) {
    this.#requestPrefix = `${key}-request#`
    this.#skips = skips
    this.#onError = onError
  }

  /** The adapter decodes it where it has the room; the parser checks it then. */
  readonly broadcast = (listener: AdapterListener, channel: string, message: Buffer): void => {
    this.#guard(() => {
      if (message[0] !== threeValues) throw new MalformedMessage('is no broadcast')
      return listener(channel, message)
    })
  }

  /** A request or a response. The adapter reads JSON without the parser, so that they are checked before. */
  readonly control = (listener: AdapterListener, channel: string, message: Buffer): void => {
    this.#guard(() => {
      const value = message[0] === brace ? parseJson(message) : unpack(message)
      if (channel.startsWith(this.#requestPrefix)) checkRequest(value)
      else checkResponse(value)
      return listener(channel, message)
    })
  }

  /** @param encode Of the adapter's own parser. */
  parser(encode: (value: unknown) => Buffer): AdapterParser {
    return {
      encode: (value) => {
        try {
          return encode(value)
        } catch (error) {
          if (!isClientAnswer(value)) throw error
          this.#skips.add()
          return undefined
        }
      },
      decode: (message) => {
        const value = unpack(message)
        if (message[0] === threeValues) checkBroadcast(value)
        return value
      },
    }
  }

  #guard(run: () => unknown): void {
    try {
      const result = run()
      if (result instanceof Promise) result.catch((error: unknown) => this.#failed(error))
    } catch (error) {
      this.#failed(error)
    }
  }

  #failed(error: unknown): void {
    if (error instanceof MalformedMessage) this.#skips.add()
    else this.#onError(error)
  }
}

function parseJson(message: Buffer): unknown {
  try {
    return JSON.parse(message.toString())
  } catch {
    throw new MalformedMessage('is no JSON')
  }
}

/** What a client acknowledged is encoded where nobody catches, and may be nested as deeply as JSON can be. */
function isClientAnswer(value: unknown): boolean {
  return isMembers(value) && value.type === 9
}
