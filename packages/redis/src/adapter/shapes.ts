export type Members = Readonly<Record<string, unknown>>

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** Names of rooms, which may be numbers too. */
export function areRooms(value: unknown): boolean {
  return Array.isArray(value) && value.every((room) => isText(room) || typeof room === 'number')
}

/** Who is meant: `{ rooms, except?, flags? }`. */
export function isTarget(value: unknown): value is Members {
  if (!isMembers(value) || !areRooms(value.rooms)) return false
  const { except, flags } = value
  return (except === undefined || areRooms(except)) && (flags === undefined || flags === null || isMembers(flags))
}

/** Clients refuse them, and close the connection. On a server, they say that a connection came or went. */
const reserved = new Set(['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'])
const reservedOnServers = new Set(['connect', 'connection', 'new_namespace'])

/** An event as Socket.IO sends it: its name, then its arguments. */
function isEvent(value: unknown): value is unknown[] {
  if (!Array.isArray(value)) return false
  const name: unknown = value[0]
  return typeof name === 'number' || (isText(name) && !reserved.has(name))
}

/** An event that a server sends to servers. */
export function isServerEvent(value: unknown): boolean {
  return isEvent(value) && !(isText(value[0]) && reservedOnServers.has(value[0]))
}

/** An event on its way to clients. Another type, or one that they cannot read, would close their connections. */
export function isEventPacket(value: unknown): boolean {
  if (!isMembers(value) || value.type !== 2 || !isEvent(value.data)) return false
  return isNamespace(value.nsp) && isAckId(value.id)
}

/** On the wire its name ends with a comma. */
function isNamespace(value: unknown): boolean {
  return value === undefined || (isText(value) && /^\/[^,]*$/.test(value))
}

/** On the wire it is its digits. */
function isAckId(value: unknown): boolean {
  return value === undefined || value === null || (Number.isSafeInteger(value) && Number(value) >= 0)
}
