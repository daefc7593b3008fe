import { fail, type MillraceError } from '@millrace/contract'

/** What `data` of a refusal says where the sender lacks something of the document: open it again with a state vector, then send. */
export interface MissingData {
  readonly reason: 'missing'
  readonly client: number
  /** The first clock of `client` that the document does not have. */
  readonly known: number
}

export function unreadable(why: string): MillraceError {
  return fail(
    'INVALID_INPUT',
    `this is no Yjs update, version 1: ${why}; send what Y.encodeStateAsUpdate or an update event gave`,
  )
}

export function harmful(why: string): MillraceError {
  return fail(
    'INVALID_INPUT',
    `the update would harm the document: ${why}; open the document again and make the edit there`,
  )
}

export function missing(client: number, known: number): MillraceError {
  const data: MissingData = { reason: 'missing', client, known }
  return fail(
    'INVALID_INPUT',
    `missing: of client ${client} nothing is known from ${known} on; open again and send from there`,
    {
      data,
    },
  )
}

export function tooLarge(what: string, byteLength: number, most: number): MillraceError {
  return fail(
    'PAYLOAD_TOO_LARGE',
    `${what} of ${byteLength} bytes exceeds ${most}; send less at a time, or begin another document`,
  )
}

export function tooManyClients(count: number, most: number): MillraceError {
  return fail(
    'PAYLOAD_TOO_LARGE',
    `a document with ${count} client ids exceeds ${most}; go on in a new one with its content`,
  )
}
