import type { StateValue } from '@millrace/server'
import type { Pond } from '../game/pond.ts'
import { pondValues } from '../keeper/pond-values.ts'

/** What the room's state holds once a pond was told. */
export function storedValues(pond: Pond): StateValue[] {
  return pondValues(pond).map(({ name, payload }) => ({
    name,
    key: 'id' in payload ? String(payload.id) : '',
    payload: JSON.stringify(payload),
  }))
}
