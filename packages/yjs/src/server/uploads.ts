import { fail, type Cancel, type Clock } from '@millrace/contract'
import { joinBytes } from './join-bytes.ts'

export interface UploadPart {
  /** Tells one upload from the next. */
  readonly upload: string
  readonly index: number
  readonly count: number
  readonly bytes: Uint8Array
}

interface Upload {
  readonly id: string
  readonly count: number
  readonly parts: Uint8Array[]
  byteLength: number
  cancelTimer: Cancel | undefined
}

/** How long the next part may take, ms. */
const maxPauseMs = 30_000

/** Bytes of all uploads of the process that are not complete. */
const maxBytesTogether = 256_000_000
let bytesTogether = 0
/** Of those of one connection in all documents: two of the largest updates. */
const maxConnectionBytes = 8_000_000
const bytesOf = new WeakMap<AbortSignal, number>()

function count(signal: AbortSignal, bytes: number): void {
  bytesTogether += bytes
  bytesOf.set(signal, (bytesOf.get(signal) ?? 0) + bytes)
}

/** Updates that come in parts, one at a time from each connection to one document. */
export class Uploads {
  readonly #clock: Clock
  readonly #maxBytes: number
  readonly #uploads = new Map<AbortSignal, Upload>()
  readonly #watched = new WeakSet<AbortSignal>()

  constructor(clock: Clock, maxBytes: number) {
    this.#clock = clock
    this.#maxBytes = maxBytes
  }

  /**
   * Takes the next part, or the last one again.
   *
   * @returns The whole where it is complete; it is kept until `forget`.
   * @throws MillraceError `INVALID_INPUT` where it is not the next one, `PAYLOAD_TOO_LARGE`, `OVERLOADED`.
   */
  take(signal: AbortSignal, part: UploadPart): Uint8Array | undefined {
    const upload = this.#uploadOf(signal, part)
    if (part.index === upload.parts.length) this.#add(signal, upload, part.bytes)
    else if (part.index !== upload.parts.length - 1) throw outOfOrder()
    return upload.parts.length === upload.count ? joinBytes(upload.parts) : undefined
  }

  forget(signal: AbortSignal): void {
    const upload = this.#uploads.get(signal)
    if (upload === undefined) return
    upload.cancelTimer?.()
    count(signal, -upload.byteLength)
    this.#uploads.delete(signal)
  }

  forgetAll(): void {
    for (const signal of this.#uploads.keys()) this.forget(signal)
  }

  #uploadOf(signal: AbortSignal, { upload: id, index, count }: UploadPart): Upload {
    const known = this.#uploads.get(signal)
    if (known?.id === id && known.count === count) return known
    if (index !== 0) throw outOfOrder()
    this.forget(signal)
    const upload: Upload = { id, count, parts: [], byteLength: 0, cancelTimer: undefined }
    this.#uploads.set(signal, upload)
    if (!this.#watched.has(signal)) signal.addEventListener('abort', () => this.forget(signal), { once: true })
    this.#watched.add(signal)
    return upload
  }

  #add(signal: AbortSignal, upload: Upload, bytes: Uint8Array): void {
    const byteLength = upload.byteLength + bytes.byteLength
    if (byteLength > this.#maxBytes) {
      this.forget(signal)
      throw fail(
        'PAYLOAD_TOO_LARGE',
        `an update of this document has at most ${this.#maxBytes} bytes; send less at a time`,
      )
    }
    if ((bytesOf.get(signal) ?? 0) + bytes.byteLength > maxConnectionBytes)
      throw fail('OVERLOADED', 'too many large updates of this connection are on their way; send this part again later')
    if (bytesTogether + bytes.byteLength > maxBytesTogether)
      throw fail('OVERLOADED', 'too many large updates are on their way; send this part again later')
    count(signal, bytes.byteLength)
    upload.byteLength = byteLength
    upload.parts.push(bytes.slice()) // what came may be a view of more
    upload.cancelTimer?.()
    upload.cancelTimer = this.#clock.after(maxPauseMs, () => this.forget(signal))
  }
}

function outOfOrder(): Error {
  return fail('INVALID_INPUT', 'this is not the next part of the upload; begin it again with index 0')
}
