import { fail, parse, type SeriesEntry } from '@millrace/contract'

const maxKeyLength = 256

/**
 * @param path Where the key stands in what was sent.
 * @throws MillraceError `INVALID_INPUT`; Error where the schema is asynchronous or gives something other than text.
 */
export function parseSeriesKey(name: string, { keys }: SeriesEntry, key: unknown, path?: string): string {
  const parsed = parse(keys, key, `key of ${name}`)
  if (parsed instanceof Promise)
    throw new Error(`the keys of series "${name}" have an asynchronous schema; use a synchronous one`)
  if (!parsed.ok) throw parsed.error
  const { value } = parsed
  if (typeof value !== 'string') throw new Error(`the keys of series "${name}" must be text; change their schema`)
  if (value.length > maxKeyLength)
    throw fail('INVALID_INPUT', `a key of "${name}" is at most ${maxKeyLength} characters`, path ? { path } : {})
  return value
}
