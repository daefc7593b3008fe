import { PacketType, type Packet } from 'socket.io-parser'

/** Type 5 and the number of attachments, perhaps a namespace, perhaps the id of an acknowledgement; then the event. */
const header = /^5\d+-(?:(\/[^,]*),)?(\d{1,15})?(?=\[")/

/** Socket.IO refuses events of these names. */
const reserved = new Set<unknown>([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
])

/**
 * The event of a packed message, as the default decoder gives it: what that does for the text and each attachment is done at once.
 * Undefined where it is anything else than an event of the common form: then the default decoder has it.
 *
 * @throws Error where it refers to attachments that it does not have.
 */
export function readPackedEvent(text: string, attachments: readonly Buffer[]): Packet | undefined {
  const found = header.exec(text)
  if (found === null) return undefined
  const data = parsed(text.slice(found[0].length))
  if (!Array.isArray(data) || reserved.has(data[0])) return undefined
  const { 1: nsp = '/', 2: id } = found
  attach(data, attachments)
  return { type: PacketType.EVENT, nsp, data, ...(id !== undefined && { id: Number(id) }) }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined // the default decoder says what is wrong with it
  }
}

/** Puts attachments where their placeholders are. */
function attach(data: unknown[] | Record<string, unknown>, attachments: readonly Buffer[]): void {
  for (const key of Object.keys(data)) {
    const value = (data as Record<string, unknown>)[key]
    if (typeof value !== 'object' || value === null) continue
    const { _placeholder: isPlaceholder, num } = value as { _placeholder?: unknown; num?: unknown }
    if (isPlaceholder !== true) {
      attach(value as Record<string, unknown>, attachments)
      continue
    }
    if (typeof num !== 'number' || num < 0 || num >= attachments.length) throw new Error('illegal attachments')
    ;(data as Record<string, unknown>)[key] = attachments[num]
  }
}
