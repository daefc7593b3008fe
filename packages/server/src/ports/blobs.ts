/** The name, size and revision of kept bytes. */
export interface BlobInfo {
  readonly name: string
  /** Made anew by every write. */
  readonly revision: string
  /** The store's wall clock at the write, ms since 1970. */
  readonly at: number
  readonly byteLength: number
}

export interface Blob extends BlobInfo {
  readonly bytes: Uint8Array
}

export interface BlobWrite {
  /** 1 to 200 of A-Z a-z 0-9 _ . / - */
  readonly name: string
  /** At most `maxBlobBytes`. */
  readonly bytes: Uint8Array
  /** The revision that is replaced; null: there must be none of that name. */
  readonly replaces: string | null
}

/** `revision`: the new one; or, where nothing was written, the one that is kept, null where there is none. */
export type BlobWritten =
  | { readonly isWritten: true; readonly revision: string }
  | { readonly isWritten: false; readonly revision: string | null }

/** Bytes. Larger ones are refused with `PAYLOAD_TOO_LARGE`. */
export const maxBlobBytes = 32_000_000

/** Names that one room may hold. One more is refused with `OVERLOADED`. */
export const maxBlobs = 1_000

/**
 * Named bytes of a room, kept until they are removed, however long its history is. A write names the revision that it replaces,
 * so that of two writers who read the same one wins.
 *
 * Every method rejects with a MillraceError: `INVALID_INPUT` for a name that is none, `UNAVAILABLE` where nothing was done,
 * `OUTCOME_UNKNOWN` where that cannot be known: read again.
 */
export interface Blobs {
  /** Those whose names begin with `prefix`, in the order of their names (code units). */
  list(room: string, prefix: string): Promise<readonly BlobInfo[]>
  read(room: string, name: string): Promise<Blob | undefined>
  write(room: string, write: BlobWrite): Promise<BlobWritten>
  /** Whether there was one. With a revision only that one is removed. */
  remove(room: string, name: string, revision?: string): Promise<boolean>
}
