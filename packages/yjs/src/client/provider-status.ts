/**
 * - `connecting`: not in the room, and on the way there.
 * - `connected`: in the room.
 * - `disconnected`: not in the room, and only `connect()` leads there.
 */
export type ProviderStatus = 'connecting' | 'connected' | 'disconnected'

/** `lost`: the connection broke; the client finds another one. `ended`: the application or the server ended the membership. */
export type ProviderEvent = 'connect' | 'joined' | 'lost' | 'ended'

/** The status after an event; one that cannot follow changes nothing. */
export function transition(status: ProviderStatus, event: ProviderEvent): ProviderStatus {
  switch (event) {
    case 'connect':
      return status === 'disconnected' ? 'connecting' : status
    case 'joined':
      return status === 'connecting' ? 'connected' : status
    case 'lost':
      return status === 'connected' ? 'connecting' : status
    case 'ended':
      return 'disconnected'
  }
}
