import type { Packet } from './packet.ts'

/** One connection in one namespace, as the core sees the transport. Nothing here throws; writing to a closed link does nothing. */
export interface Link {
  /** Sends one event to this connection alone. */
  send(event: string, argument: unknown): void
  /**
   * Sends an event that was encoded once for many.
   *
   * @param isLast Nothing more will be written in this tick, so that what was held back leaves at once.
   */
  write(packet: Packet, isLast?: boolean): void
  /** Sends an event and waits for its acknowledgement. Rejects with `TIMEOUT` or `DISCONNECTED`. */
  ask(event: string, input: unknown, timeoutMs: number): Promise<unknown>
  /** Bytes that were written and have not left this process. */
  bufferedBytes(): number
  /**
   * Whether a packet of so many bytes may be written: nothing waits, or no more than the budget is left from earlier turns and
   * with the packet no more than twice the budget would wait.
   */
  hasRoomFor(bytes: number, budgetBytes: number): boolean
  /** A number that falls while the transport takes what was written, and never otherwise. */
  backlog(): number
  /** Resolves when the transport has taken what was written, or when the link is closed. */
  drained(): Promise<void>
  /** Adds the connection to a plain Socket.IO room, so that `server.io.to(...)` reaches it. */
  enter(room: string): void
  exit(room: string): void
}
