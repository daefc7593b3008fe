import { MalformedMessage } from './malformed-message.ts'

/** Deeper values are refused: they would exhaust the stack of those who read them. */
const maxDepth = 256

/**
 * MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md) as notepack.io writes it. Its own decoder reserves what
 * a message announces: six bytes make it fill four gigabytes, and ten end the process.
 *
 * @throws MalformedMessage where the bytes are not exactly one value, or announce more than they hold.
 */
export function unpack(bytes: Buffer): unknown {
  const reader = new Reader(bytes)
  const value = reader.read(0)
  if (reader.left !== 0) throw new MalformedMessage('goes on after its end')
  return value
}

class Reader {
  readonly #bytes: Buffer
  #offset = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#offset
  }

  read(depth: number): unknown {
    if (depth > maxDepth) throw new MalformedMessage('is nested too deeply')
    const head = this.#uint(1)
    if (head < 0x80) return head
    if (head < 0x90) return this.#map(head & 0x0f, depth)
    if (head < 0xa0) return this.#array(head & 0x0f, depth)
    if (head < 0xc0) return this.#text(head & 0x1f)
    if (head >= 0xe0) return head - 0x100
    return this.#long(head, depth)
  }

  #long(head: number, depth: number): unknown {
    switch (head) {
      case 0xc0:
        return null
      case 0xc2:
      case 0xc3:
        return head === 0xc3
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.#take(this.#uint(1 << (head - 0xc4)))
      case 0xca:
        return this.#take(4).readFloatBE()
      case 0xcb:
        return this.#take(8).readDoubleBE()
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.#uint(1 << (head - 0xcc))
      case 0xcf:
        return this.#uint(4) * 2 ** 32 + this.#uint(4)
      case 0xd0:
      case 0xd1:
      case 0xd2:
        return this.#int(1 << (head - 0xd0))
      case 0xd3:
        return this.#int(4) * 2 ** 32 + this.#uint(4)
      case 0xc7:
        return this.#extension(this.#uint(1))
      case 0xd4:
      case 0xd6:
      case 0xd7:
        return this.#extension(1 << (head - 0xd4))
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#text(this.#uint(1 << (head - 0xd9)))
      case 0xdc:
      case 0xdd:
        return this.#array(this.#uint(2 << (head - 0xdc)), depth)
      case 0xde:
      case 0xdf:
        return this.#map(this.#uint(2 << (head - 0xde)), depth)
      default:
        throw new MalformedMessage('is no MessagePack')
    }
  }

  #array(length: number, depth: number): unknown[] {
    if (length > this.left) throw new MalformedMessage('announces more than it holds')
    const values: unknown[] = []
    for (let index = 0; index < length; index++) values.push(this.read(depth + 1))
    return values
  }

  #map(length: number, depth: number): Record<string, unknown> {
    if (2 * length > this.left) throw new MalformedMessage('announces more than it holds')
    const members: Record<string, unknown> = {}
    for (let index = 0; index < length; index++) {
      const key = this.read(depth + 1)
      if (typeof key !== 'string' || key === '__proto__') throw new MalformedMessage('has a key that is none')
      members[key] = this.read(depth + 1)
    }
    return members
  }

  /** Times, and `undefined` of older versions. */
  #extension(length: number): Date | undefined {
    const type = this.#int(1)
    if (type === 0 && length === 1) return void this.#take(1)
    if (type === 0 && length === 8) return new Date(this.#int(4) * 2 ** 32 + this.#uint(4))
    if (type !== -1) throw new MalformedMessage('has an extension that the adapter does not write')
    if (length === 4) return new Date(this.#uint(4) * 1e3)
    if (length === 8) {
      const [high, low] = [this.#uint(4), this.#uint(4)]
      return new Date(((high & 3) * 2 ** 32 + low) * 1e3 + (high >>> 2) / 1e6)
    }
    if (length !== 12) throw new MalformedMessage('has a time of another size')
    const nanoseconds = this.#uint(4)
    return new Date((this.#int(4) * 2 ** 32 + this.#uint(4)) * 1e3 + nanoseconds / 1e6)
  }

  #text(length: number): string {
    const start = this.#advance(length)
    return this.#bytes.toString('utf8', start, start + length)
  }

  #take(length: number): Buffer {
    const start = this.#advance(length)
    return this.#bytes.subarray(start, start + length)
  }

  #uint(size: number): number {
    return this.#bytes.readUIntBE(this.#advance(size), size)
  }

  #int(size: number): number {
    return this.#bytes.readIntBE(this.#advance(size), size)
  }

  #advance(length: number): number {
    if (length > this.left) throw new MalformedMessage('announces more than it holds')
    const start = this.#offset
    this.#offset += length
    return start
  }
}
