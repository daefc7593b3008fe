import type { WireAnswer } from '@millrace/contract'
import { io } from 'socket.io-client'

/** Somebody with a socket.io-client and no manners. */
export interface RawAttacker extends AsyncDisposable {
  /** Sends an event with an acknowledgement. */
  call(name: string, argument: unknown): Promise<WireAnswer>
  /** Enters the note; what it says of itself is up to it. */
  join(presence: unknown): Promise<WireAnswer>
  /** A request to the note; after a `join` that was let in. */
  request(name: string, input: unknown): Promise<WireAnswer>
  send(update: Uint8Array): Promise<WireAnswer>
  /** In parts of 48 kB; the answer to the last part, or to the first that was refused. */
  upload(update: Uint8Array): Promise<WireAnswer>
}

const partBytes = 48 * 1024

export async function connectAttacker(url: string, user: string, noteId = 'one'): Promise<RawAttacker> {
  const socket = io(`${url}/notes`, { auth: { user }, forceNew: true, reconnection: false, transports: ['websocket'] })
  await new Promise((resolve, reject) => socket.once('connect', () => resolve(undefined)).once('connect_error', reject))
  let room: unknown
  let uploads = 0
  const call = (name: string, argument: unknown): Promise<WireAnswer> => socket.emitWithAck(name, argument)
  const request = (name: string, input: unknown) => call(name, { room, input })
  return {
    call,
    request,
    async join(presence) {
      const answer = await call('~join', { room: 'note', params: { noteId }, presence })
      if (answer.ok) room = (answer.data as { readonly room: unknown }).room
      return answer
    },
    send: (update) => request('update.send', Buffer.from(update)),
    async upload(update) {
      const upload = `upload ${++uploads}`
      const count = Math.ceil(update.length / partBytes)
      let answer: WireAnswer = { ok: true }
      for (let index = 0; index < count && answer.ok; index++) {
        const bytes = Buffer.from(update.subarray(index * partBytes, (index + 1) * partBytes))
        answer = await request('update.part', { upload, index, count, bytes })
      }
      return answer
    },
    async [Symbol.asyncDispose]() {
      socket.disconnect()
    },
  }
}

/** Above the largest message of a server the connection ends before anything is read; `CLOSED` stands for that. */
export async function refusalOrEnd(answer: Promise<WireAnswer>): Promise<string> {
  return answer
    .then((given) => refusalOf(given).code)
    .catch((error: Error) => {
      if (error.message !== 'socket has been disconnected') throw error
      return 'CLOSED'
    })
}

/** What a refusal says; throws where there was none. */
export function refusalOf(answer: WireAnswer): { readonly code: string; readonly data?: unknown } {
  if (answer.ok) throw new Error('it was let in')
  return answer.error
}
