import type { Payload } from '../ports/event-log.ts'

/** More in one packet, and a Socket.IO client closes the connection (`maxAttachments` of socket.io-parser 4.2.5 and later). */
export const maxAttachments = 10

/** The same events in as many lists as they need packets; one, unless many of them are bytes. */
export function inPackets<T extends { readonly payload: Payload | null }>(
  events: readonly T[],
): readonly (readonly T[])[] {
  const packets: T[][] = []
  let open: T[] = []
  let attachments = 0
  for (const event of events) {
    if (event.payload instanceof Uint8Array && ++attachments > maxAttachments) {
      packets.push(open)
      open = []
      attachments = 1
    }
    open.push(event)
  }
  return packets.length === 0 ? [events] : [...packets, open]
}
