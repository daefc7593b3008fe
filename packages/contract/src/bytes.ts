import type { Schema } from './standard-schema.ts'

export type BytesSchema = Schema<Uint8Array, Uint8Array>

/** A payload of raw bytes. `maxBytes` defaults to no limit of its own; the payload limit of the server still holds. */
export function bytes(options: { readonly maxBytes?: number } = {}): BytesSchema {
  const maxBytes = options.maxBytes ?? Infinity
  return {
    '~standard': {
      version: 1,
      vendor: 'millrace',
      validate(value) {
        const view = value instanceof ArrayBuffer ? new Uint8Array(value) : value
        if (!(view instanceof Uint8Array)) return { issues: [{ message: 'expected bytes (a Uint8Array)' }] }
        if (view.byteLength > maxBytes) return { issues: [{ message: `expected at most ${maxBytes} bytes` }] }
        return { value: view }
      },
    },
  }
}
