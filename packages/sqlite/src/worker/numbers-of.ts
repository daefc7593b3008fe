/** A BLOB of doubles. libsql gives a Buffer, which may begin anywhere in its memory and is copied, or an ArrayBuffer. */
export function numbersOf(blob: Uint8Array | ArrayBuffer): Float64Array {
  return new Float64Array(new Uint8Array(blob).buffer)
}
