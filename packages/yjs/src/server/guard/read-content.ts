import type { ByteReader } from './byte-reader.ts'
import { checkJson } from './check-json.ts'
import { unreadable } from './refuse.ts'
import { skipAny } from './skip-any.ts'
import { textLength } from './text-length.ts'

// Kinds of content, the low five bits of a struct's first byte (Yjs, structs/Content*.js, `getRef`).
export const deletedContent = 1
const json = 2
const binary = 3
const string = 4
const embed = 5
const format = 6
export const typeContent = 7
const any = 8
const subdocument = 9

// Yjs, structs/ContentType.js: array, map, text, element, fragment, hook, XML text. Elements and hooks have a name.
const xmlElement = 3
const xmlHook = 5
const lastType = 6

/** All that ContentDoc writes of the options of a document. */
const subdocumentOptions: ReadonlySet<string> = new Set(['gc', 'autoLoad', 'meta'])

/** Passes the content of an item; answers how many clocks it takes. */
export function readContent(reader: ByteReader, kind: number): number {
  switch (kind) {
    case deletedContent:
      return reader.varUint()
    case json:
      return readEach(reader, checkJsonOrUndefined)
    case binary:
      reader.varBytes()
      return 1
    case string:
      return textLength(reader.varBytes())
    case embed:
      checkJson(reader.varBytes())
      return 1
    case format:
      textLength(reader.varBytes())
      checkJson(reader.varBytes())
      return 1
    case typeContent:
      readType(reader)
      return 1
    case any:
      return readEach(reader, skipAny)
    case subdocument:
      textLength(reader.varBytes())
      skipAny(reader, subdocumentOptions)
      return 1
    default:
      throw unreadable('content is of no known kind')
  }
}

function readEach(reader: ByteReader, read: (reader: ByteReader) => void): number {
  const count = reader.varUint()
  // Each takes a byte or more: checked first, so that no count makes a long loop.
  if (count > reader.left) throw unreadable('it ends too early')
  for (let index = 0; index < count; index++) read(reader)
  return count
}

function readType(reader: ByteReader): void {
  const type = reader.varUint()
  if (type > lastType) throw unreadable('a type is of no known kind')
  if (type === xmlElement || type === xmlHook) textLength(reader.varBytes())
}

const undefinedLength = 9

/** What Yjs writes for undefined is no JSON. */
function checkJsonOrUndefined(reader: ByteReader): void {
  const bytes = reader.varBytes()
  if (bytes.length !== undefinedLength || String.fromCharCode(...bytes) !== 'undefined') checkJson(bytes)
}
