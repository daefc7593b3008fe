import type { ByteReader } from './byte-reader.ts'
import { harmful, unreadable } from './refuse.ts'
import { textLength } from './text-length.ts'

/** Yjs reads and writes values by recursion; far below what any stack takes, far above what documents hold. */
export const mostValueDepth = 100

// What lib0's writeAny puts before a value.
const undefinedValue = 127
const nullValue = 126
const integer = 125
const float32 = 124
const float64 = 123
const bigint = 122
const no = 121
const yes = 120
const text = 119
const object = 118
const array = 117
const buffer = 116

interface Open {
  readonly isObject: boolean
  left: number
}

/** Passes one value that lib0's `writeAny` wrote, without recursion. `keys`: it must be an object with no others. */
export function skipAny(reader: ByteReader, keys?: ReadonlySet<string>): void {
  const open: Open[] = []
  do {
    const top = open.at(-1)
    if (top) {
      if (top.left === 0) {
        open.pop()
        continue
      }
      top.left--
      if (top.isObject) checkKey(reader.varBytes(), open.length === 1 ? keys : undefined)
    }
    const tag = reader.byte()
    if (!top && keys && tag !== object) throw unreadable('the options of a document inside of it are no object')
    if (tag === object || tag === array) {
      if (open.length === mostValueDepth) throw harmful(`a value is deeper than ${mostValueDepth}`)
      open.push({ isObject: tag === object, left: reader.varUint() })
    } else skipLeaf(reader, tag)
  } while (open.length > 0)
}

function skipLeaf(reader: ByteReader, tag: number): void {
  switch (tag) {
    case undefinedValue:
    case nullValue:
    case no:
    case yes:
      return
    case integer:
      return reader.skipVarInt()
    case float32:
      reader.pass(4)
      return
    case float64:
    case bigint:
      reader.pass(8)
      return
    case text:
      textLength(reader.varBytes())
      return
    case buffer:
      reader.varBytes()
      return
    default:
      throw unreadable('a value is of no known kind')
  }
}

const prototype = '__proto__'

function checkKey(bytes: Uint8Array, keys: ReadonlySet<string> | undefined): void {
  textLength(bytes)
  if (keys && !keys.has(ascii(bytes))) throw harmful('a document inside of it has options that Yjs never writes')
  // Others would read it as the prototype of the value, and not as a member.
  if (bytes.length === prototype.length && ascii(bytes) === prototype) throw harmful('a value has a member __proto__')
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 64))
}
