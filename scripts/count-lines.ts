import { stripComments } from './strip-comments.ts'

/** Lines of code: those that are blank, or hold nothing but a comment, do not count. */
export function countLines(source: string): number {
  return stripComments(source)
    .split('\n')
    .filter((line) => line.trim() !== '').length
}
