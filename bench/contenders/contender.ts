import type { Payload, Quote } from '../payload.ts'

/** A server under test, as its own process runs it. It authenticates every connection and lets it join one room. */
export interface Contender extends AsyncDisposable {
  readonly port: number
  /** Sends the payload once to every member of the room. A failure ends the process. */
  publish(room: string, payload: Payload): void
  /** Sends the newest value of a key to every member of `quoteRoom`. */
  quote(quote: Quote): void
  /** Numbers over time, where the contender has them. */
  readonly charts?: Charts
  /** Per connection the bytes that were given to it and have not left the process. */
  bufferedBytes(): number[]
}

export interface Charts {
  /** Before anybody views. Resolves when it is stored. */
  store(key: string, at: number, value: number): Promise<void> | void
  /** Stores the value as of now, and tells the viewers in `chartRoom`. */
  append(quote: Quote): void
}

/** Loads a contender only in the process that runs it, so that nobody's memory holds another one's modules. */
export const contenders = {
  'socket.io': async () => (await import('./socket-io.ts')).startSocketIo(),
  'socket.io-tuned': async () => (await import('./socket-io-tuned.ts')).startTunedSocketIo(),
  'socket.io-volatile': async () => (await import('./socket-io-volatile.ts')).startVolatileSocketIo(),
  'socket.io-by-hand': async () => (await import('./socket-io-by-hand.ts')).startSocketIoByHand(),
  ws: async () => (await import('./ws.ts')).startWs(),
  millrace: async () => (await import('./millrace.ts')).startMillrace(),
} as const satisfies Record<string, () => Promise<Contender>>

export type ContenderName = keyof typeof contenders

export const contenderNames = Object.keys(contenders) as ContenderName[]

/** Those that send each publish as it is, which every scenario can compare. */
export const plainContenderNames: readonly ContenderName[] = ['socket.io', 'socket.io-tuned', 'ws', 'millrace']

export function isContenderName(name: string): name is ContenderName {
  return Object.hasOwn(contenders, name)
}

/** Whether it may lose events by design. */
export function isLossy(contender: string): boolean {
  return contender === 'socket.io-volatile'
}
