import type { StatePosition } from '@millrace/contract'
import { inPackets } from '../connection/max-attachments.ts'
import { payloadJson, type Packet } from '../connection/packet.ts'
import type { StateUpdate, StateValue } from '../ports/keyed-state.ts'

/** Told to clients whose position the store does not know: coming back with it, they are told everything. */
const nowhere = { version: 0, id: '' }

/**
 * `~state`, several where many values are bytes.
 *
 * @param position Where a client stands that has them all; undefined: nowhere that the store knows.
 * @param before Where one stands that has not got the last of them.
 */
export function encodeStateParts(
  room: number,
  kind: StateUpdate['kind'],
  values: readonly StateValue[],
  position: StatePosition | undefined,
  epoch: string,
  before?: StatePosition,
): readonly Packet[] {
  const parts = inPackets(values)
  const last = parts.length - 1
  return parts.map((part, index) =>
    encodeState(
      room,
      index === 0 ? kind : 'change',
      (index === last ? position : before) ?? { epoch, ...nowhere },
      part,
    ),
  )
}

/** `~state`. */
function encodeState(
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
