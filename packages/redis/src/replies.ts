import { fail, parsePosition, type Position } from '@millrace/contract'

/** A script's answer as texts and bytes. @throws MillraceError `UNAVAILABLE` for what no script of ours answers. */
export function bufferList(reply: unknown, atLeast: number): readonly Buffer[] {
  if (!Array.isArray(reply) || reply.length < atLeast || !reply.every((part) => Buffer.isBuffer(part))) throw garbage()
  return reply
}

/** '' for what is missing. */
export function textOf(part: Buffer | undefined): string {
  return part?.toString() ?? ''
}

export function readPosition(epoch: Buffer | undefined, offset: Buffer | undefined, id: Buffer | undefined): Position {
  const position = parsePosition({ epoch: textOf(epoch), offset: readNumber(offset), id: textOf(id) })
  if (position === undefined) throw garbage()
  return position
}

export function readNumber(text: Buffer | undefined): number {
  const value = text === undefined ? Number.NaN : Number(textOf(text))
  if (!Number.isSafeInteger(value) || value < 0) throw garbage()
  return value
}

function garbage(): Error {
  return fail(
    'UNAVAILABLE',
    'Redis answered what this version does not write; give the application a prefix of its own',
  )
}
