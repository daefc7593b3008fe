import { createHash } from 'node:crypto'

/** A Lua script and the name under which Redis keeps it. */
export interface Script {
  readonly text: string
  readonly sha: string
}

/**
 * The first line makes Redis refuse the whole script where it may not write (out of memory, replica, broken disk), before
 * it did anything: Lua does not roll back.
 *
 * @param flags `allow-oom` for scripts that mostly read.
 */
export function script(parts: readonly string[], flags: 'allow-oom' | '' = ''): Script {
  const text = [flags === '' ? '#!lua' : `#!lua flags=${flags}`, ...parts].join('\n')
  return { text, sha: createHash('sha1').update(text).digest('hex') }
}
