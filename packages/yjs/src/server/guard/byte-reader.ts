import { unreadable } from './refuse.ts'

/**
 * Reads what lib0 writes, without making strings of text. Every read ends inside of the bytes, or throws `INVALID_INPUT`.
 * Source of the format: lib0/decoding.js.
 */
export class ByteReader {
  readonly bytes: Uint8Array
  at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  byte(): number {
    const byte = this.bytes[this.at++]
    if (byte === undefined) throw unreadable('it ends too early')
    return byte
  }

  /** Up to 2^53 - 1. */
  varUint(): number {
    let factor = 1
    let value = 0
    for (;;) {
      const byte = this.byte()
      value += (byte & 127) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw unreadable('a number is too large')
      if (byte < 128) return value
      factor *= 128
      if (factor > Number.MAX_SAFE_INTEGER) throw unreadable('a number is too long')
    }
  }

  /** A number with a sign; its first byte holds six bits. */
  skipVarInt(): void {
    const first = this.byte()
    if (first < 128) return
    let factor = 64
    let value = first & 63
    for (;;) {
      const byte = this.byte()
      value += (byte & 127) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw unreadable('a number is too large')
      if (byte < 128) return
      factor *= 128
      if (factor > Number.MAX_SAFE_INTEGER) throw unreadable('a number is too long')
    }
  }

  /** Where the passed bytes begin. */
  pass(byteLength: number): number {
    const from = this.at
    if (byteLength > this.left) throw unreadable('it ends too early')
    this.at += byteLength
    return from
  }

  /** Bytes with their length before them, as a view. */
  varBytes(): Uint8Array {
    const byteLength = this.varUint()
    const from = this.pass(byteLength)
    return this.bytes.subarray(from, from + byteLength)
  }
}
