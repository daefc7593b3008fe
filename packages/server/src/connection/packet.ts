/** An event that is encoded once and written to many connections of one namespace. */
export interface Packet {
  /** JSON of the event and its arguments, `["~frame",{...}]`, with `{"_placeholder":true,"num":N}` for attachment N. */
  readonly body: string
  readonly attachments: readonly Uint8Array[]
  /** What a transport made of it; each transport fills it at the first write. */
  encoded?: unknown
  /** Filled by `packetBytes`. */
  bytes?: number
}

/** JSON text of a payload; bytes become an attachment of the packet. */
export function payloadJson(payload: string | Uint8Array, attachments: Uint8Array[]): string {
  if (typeof payload === 'string') return payload
  attachments.push(payload)
  return `{"_placeholder":true,"num":${attachments.length - 1}}`
}

export function packet(event: string, argument: unknown): Packet {
  return { body: JSON.stringify([event, argument]), attachments: [] }
}

/** UTF-8 and attachments, without what transports add. */
export function packetBytes(encoded: Packet): number {
  if (encoded.bytes === undefined) {
    let bytes = Buffer.byteLength(encoded.body)
    for (const attachment of encoded.attachments) bytes += attachment.byteLength
    encoded.bytes = bytes
  }
  return encoded.bytes
}
