import { MalformedMessage } from './malformed-message.ts'
import { isEventPacket, isTarget, isText } from './shapes.ts'

/** `[node, packet, target]` @throws MalformedMessage */
export function checkBroadcast(value: unknown): void {
  if (!Array.isArray(value) || value.length !== 3) throw new MalformedMessage('is no broadcast')
  const [uid, packet, target] = value as unknown[]
  if (!isText(uid) || !isEventPacket(packet) || !isTarget(target)) throw new MalformedMessage('is no broadcast')
}
