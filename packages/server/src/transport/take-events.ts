import type { Socket } from 'socket.io'

type Acknowledge = (answer: unknown) => void

/** Answers event packets of a socket by their ids. */
export interface Acknowledger {
  acknowledge(id: number, answer: unknown): void
}

export interface EventTaker {
  /** Whether events of this name are taken; the others go on to the listeners of plain Socket.IO. */
  takes(name: unknown): boolean
  /** @param acknowledge Sends the answer; it does nothing where the client asked for none. */
  take(name: string, argument: unknown, acknowledge: Acknowledge): void
}

/** The private part of a socket that is used: it is called with each event packet, before anything else happens to it. */
interface EventPackets {
  onevent?: (packet: { readonly data?: unknown; readonly id?: number }) => void
}

/**
 * Takes a socket's events. Socket.IO hands an event over after three turns of its queue and several closures; `onevent` is
 * its private entry, where that is saved and the answer is written as text. Where an upgrade renames it, the public `use()`
 * takes them, so that this costs speed and nothing else; not both, since what `use()` holds is memory of every connection.
 *
 * @param answers Undefined where the server's parser is not the default one: then Socket.IO takes and answers them.
 */
export function takeEvents(socket: Socket, taker: EventTaker, answers: Acknowledger | undefined): void {
  const entry = socket as unknown as EventPackets
  const { onevent } = entry
  if (answers === undefined || typeof onevent !== 'function') return takeInMiddleware(socket, taker)
  entry.onevent = (packet) => {
    const { data, id } = packet
    if (!Array.isArray(data) || !taker.takes(data[0])) return onevent.call(socket, packet)
    taker.take(String(data[0]), data[1], id === undefined ? ignore : (answer) => answers.acknowledge(id, answer))
  }
}

function takeInMiddleware(socket: Socket, taker: EventTaker): void {
  socket.use((event, next) => {
    const [name, argument, ...rest] = event as unknown[]
    if (!taker.takes(name)) return next()
    const last = rest.length > 0 ? rest[rest.length - 1] : argument
    const acknowledge = typeof last === 'function' ? (last as Acknowledge) : ignore
    taker.take(String(name), argument === last && acknowledge !== ignore ? undefined : argument, acknowledge)
  })
}

function ignore(): void {}
