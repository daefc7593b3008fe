import type { Payload } from '../payload.ts'

/** A server under test, as its own process runs it. It authenticates every connection and lets it join one room. */
export interface Contender extends AsyncDisposable {
  readonly port: number
  /** Sends the payload once to every member of `publishedRoom`. A failure ends the process. */
  publish(payload: Payload): void
}

export const publishedRoom = 'lobby'

/** Loads a contender only in the process that runs it, so that nobody's memory holds another one's modules. */
export const contenders = {
  'socket.io': async () => (await import('./socket-io.ts')).startSocketIo(),
  'socket.io-tuned': async () => (await import('./socket-io-tuned.ts')).startTunedSocketIo(),
  ws: async () => (await import('./ws.ts')).startWs(),
  millrace: async () => (await import('./millrace.ts')).startMillrace(),
} as const satisfies Record<string, () => Promise<Contender>>

export type ContenderName = keyof typeof contenders

export const contenderNames = Object.keys(contenders) as ContenderName[]

export function isContenderName(name: string): name is ContenderName {
  return Object.hasOwn(contenders, name)
}
