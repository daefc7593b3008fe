import type { WireStateValue } from '@millrace/contract'
import type { Payload } from '../ports/event-log.ts'
import type { StateValue } from '../ports/keyed-state.ts'

/** One key of one event. */
export function fieldOf({ name, key }: { readonly name: string; readonly key: string }): string {
  return `${name} ${key}`
}

/** Event names hold no spaces. */
export function splitField(field: string): [name: string, key: string] {
  const space = field.indexOf(' ')
  return [field.slice(0, space), field.slice(space + 1)]
}

export function toWire({ name, key, payload }: StateValue): WireStateValue {
  return payload === null ? [name, key] : [name, key, parsePayload(payload)]
}

function parsePayload(payload: Payload): unknown {
  return typeof payload === 'string' ? JSON.parse(payload) : payload
}
