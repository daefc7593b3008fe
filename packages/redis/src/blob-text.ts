import { fail } from '@millrace/contract'
import type { BlobInfo } from '@millrace/server'

const nameText = /^[\w./-]{1,200}$/
const line = /^([\w-]{1,32}) (\d{1,16}) (\d{1,8})$/

/** Of a name and of its line, bytes. */
export const maxNameBytes = 200
export const maxLineBytes = 58

/** A line of revision, time and length. Undefined for what no write made. */
export function decodeBlobInfo(name: string, text: string): BlobInfo | undefined {
  const [, revision, at, byteLength] = line.exec(text) ?? []
  if (revision === undefined || !nameText.test(name)) return undefined
  return { name, revision, at: Number(at), byteLength: Number(byteLength) }
}

export function foreignBytes(what: string): Error {
  return fail(
    'UNAVAILABLE',
    `Redis holds ${what} that this version did not write; remove it, restore Redis from a backup, or choose another prefix`,
  )
}
