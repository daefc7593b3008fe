/**
 * 53 bits that tell JSON values and bytes apart: whether a key is used again for the same input or payload. Much cheaper
 * than their JSON, and nothing of them is kept. (cyrb53, https://github.com/bryc/code, public domain.) It protects nothing:
 * who finds a collision gets only an answer, or the position of an entry, of their own.
 */
export function valueDigest(value: unknown): number {
  const hash = new Hash()
  add(hash, value)
  return hash.digest()
}

class Hash {
  #high = 0xdeadbeef
  #low = 0x41c6ce57

  add(unit: number): void {
    this.#high = Math.imul(this.#high ^ unit, 2654435761)
    this.#low = Math.imul(this.#low ^ unit, 1597334677)
  }

  digest(): number {
    let high = this.#high
    let low = this.#low
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
    return 4294967296 * (2097151 & low) + (high >>> 0)
  }
}

/** Kinds are told apart, so that `1`, `'1'`, `[1]` and `{ 1: ... }` differ. */
function add(hash: Hash, value: unknown): void {
  if (typeof value === 'string') {
    hash.add(1)
    addText(hash, value)
  } else if (typeof value === 'number') {
    hash.add(2)
    addNumber(hash, value)
  } else if (typeof value !== 'object' || value === null) {
    hash.add(value === undefined ? 3 : value === null ? 4 : value === true ? 5 : 6)
  } else if (Array.isArray(value)) {
    hash.add(7)
    hash.add(value.length)
    for (const member of value) add(hash, member)
  } else if (value instanceof Uint8Array || value instanceof ArrayBuffer) {
    addBytes(hash, value)
  } else {
    addMembers(hash, value as Record<string, unknown>)
  }
}

function addText(hash: Hash, text: string): void {
  hash.add(text.length)
  for (let index = 0; index < text.length; index++) hash.add(text.charCodeAt(index))
}

const double = new Float64Array(1)
const halves = new Uint32Array(double.buffer)

function addNumber(hash: Hash, value: number): void {
  double[0] = value
  hash.add(halves[0] ?? 0)
  hash.add(halves[1] ?? 0)
}

function addBytes(hash: Hash, bytes: Uint8Array | ArrayBuffer): void {
  hash.add(8)
  hash.add(bytes.byteLength)
  for (const byte of bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes) hash.add(byte)
}

function addMembers(hash: Hash, members: Record<string, unknown>): void {
  hash.add(9)
  for (const key of Object.keys(members)) {
    addText(hash, key)
    add(hash, members[key])
  }
  hash.add(10)
}
