import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/**
 * Reads lines until one says that the program is ready; the rest flows on unread.
 *
 * @throws Error with all that was said, where the output ends before.
 */
export async function untilLine(output: Readable, isReady: (line: string) => boolean, what: string): Promise<string> {
  const lines: string[] = []
  for await (const line of createInterface({ input: output })) {
    lines.push(line)
    if (!isReady(line)) continue
    output.resume()
    return line
  }
  throw new Error(`${what} did not start: ${lines.join(' ')}`)
}
