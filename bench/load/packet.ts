/**
 * The texts of Engine.IO 4 and Socket.IO 5 that the load speaks, by hand, because an ordinary client would cost more than
 * the servers that it measures. Sources: engine.io-protocol and socket.io-protocol, both in their README.
 */
export type Packet =
  | { readonly kind: 'open' | 'ping' | 'disconnect' | 'other' }
  | { readonly kind: 'connect'; readonly data: unknown }
  | { readonly kind: 'refused'; readonly data: unknown }
  | { readonly kind: 'event'; readonly args: readonly unknown[] }
  | { readonly kind: 'ack'; readonly id: number; readonly args: readonly unknown[] }
  /** Bytes come in a message after it, and stand where a placeholder is. */
  | { readonly kind: 'ack before bytes'; readonly id: number; readonly args: readonly unknown[] }
  | { readonly kind: 'event before bytes'; readonly args: readonly unknown[] }

export const pong = '3'

export function encodeConnect(namespace: string, auth: object): string {
  return `40${prefix(namespace)}${JSON.stringify(auth)}`
}

/** @param id Asks for an acknowledgement under this number. */
export function encodeEvent(namespace: string, args: readonly unknown[], id?: number): string {
  return `42${prefix(namespace)}${id ?? ''}${JSON.stringify(args)}`
}

/** @throws Error where the text is not JSON after its header. */
export function decodePacket(text: string): Packet {
  if (text.startsWith('4')) return decodeMessage(text)
  if (text === '2') return { kind: 'ping' }
  return { kind: text.startsWith('0') ? 'open' : 'other' }
}

function decodeMessage(text: string): Packet {
  const type = text[1]
  if (type === '1') return { kind: 'disconnect' }
  let start = 2
  if (type === '5' || type === '6') start = text.indexOf('-') + 1
  if (text[start] === '/') start = text.indexOf(',', start) + 1 || text.length
  if (type === '0') return { kind: 'connect', data: JSON.parse(text.slice(start)) }
  if (type === '4') return { kind: 'refused', data: JSON.parse(text.slice(start)) }
  if (type !== '2' && type !== '3' && type !== '5' && type !== '6') return { kind: 'other' }
  const json = text.indexOf('[', start)
  const args = JSON.parse(text.slice(json)) as unknown[]
  if (type === '2') return { kind: 'event', args }
  if (type === '5') return { kind: 'event before bytes', args }
  return { kind: type === '3' ? 'ack' : 'ack before bytes', id: Number(text.slice(start, json)), args }
}

/** The main namespace is not named on the wire. */
function prefix(namespace: string): string {
  return namespace === '/' ? '' : `${namespace},`
}
