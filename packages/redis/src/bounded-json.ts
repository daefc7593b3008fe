import { isWithinDepth } from './json-depth.ts'

/** Far above what is sensible, far below what any parser, checker or printer of a client can walk down. */
export const maxDepth = 128

/** Undefined for what is no JSON or nested deeper than `maxDepth`. */
export function parseBounded(text: string): unknown {
  if (!isWithinDepth(text, maxDepth)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The texts of a JSON array that holds nothing else. */
export function parseTexts(text: string): readonly string[] | undefined {
  const value = parseBounded(text)
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined
}
