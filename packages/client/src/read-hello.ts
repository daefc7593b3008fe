import type { WireHello } from '@millrace/contract'

/** Reads a `~hello`; undefined where it is none. */
export function readHello(value: unknown): WireHello | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { node, connection, maxPayloadBytes, at, fingerprint } = value as Record<string, unknown>
  if (typeof node !== 'string' || typeof connection !== 'string' || typeof maxPayloadBytes !== 'number') return undefined
  return {
    node,
    connection,
    maxPayloadBytes,
    at: typeof at === 'number' ? at : 0,
    fingerprint: typeof fingerprint === 'string' ? fingerprint : '',
  }
}
