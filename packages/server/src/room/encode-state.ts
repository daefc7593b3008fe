import type { StatePosition } from '@millrace/contract'
import { payloadJson, type Packet } from '../connection/packet.ts'
import type { StateUpdate, StateValue } from '../ports/keyed-state.ts'

/** `~state`. */
export function encodeState(
  room: number,
  kind: StateUpdate['kind'],
  position: StatePosition,
  changes: readonly StateValue[],
): Packet {
  const { epoch, version, id } = position
  const attachments: Uint8Array[] = []
  const values = changes.map((change) => valueJson(change, attachments)).join(',')
  const head = `"room":${room},"kind":"${kind}","epoch":"${epoch}","version":${version},"id":"${id}"`
  return { body: `["~state",{${head},"values":[${values}]}]`, attachments }
}

function valueJson({ name, key, payload }: StateValue, attachments: Uint8Array[]): string {
  const head = `["${name}",${JSON.stringify(key)}`
  return payload === null ? `${head}]` : `${head},${payloadJson(payload, attachments)}]`
}
