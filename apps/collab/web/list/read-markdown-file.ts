import { maxImportLength, maxTitleLength } from '../../contract.ts'

export interface MarkdownFile {
  readonly title: string
  readonly text: string
}

/**
 * A file as a new document: named after its first heading, or itself. Line ends become those of the editor.
 *
 * @throws Error with a sentence for people where it is no text, or too long.
 */
export async function readMarkdownFile(file: File): Promise<MarkdownFile> {
  // UTF-8 takes up to three bytes for a unit of UTF-16.
  if (file.size > maxImportLength * 3) throw tooLong(file)
  const bytes = await file.arrayBuffer()
  const text = decode(bytes, file.name).replaceAll(/\r\n?/g, '\n')
  if (text.length > maxImportLength) throw tooLong(file)
  const heading = /^# +(.+)$/m.exec(text)?.[1]
  const name = file.name.replace(/\.[^.]*$/, '')
  return { title: titleOf(heading ?? '') || titleOf(name) || 'Imported', text }
}

function titleOf(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ').replaceAll(/[*_`]/g, '')
  // Cut between the halves of a character, it would end in one that is none.
  return plain
    .trim()
    .slice(0, maxTitleLength)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim()
}

function decode(bytes: ArrayBuffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new Error(`${name} is not a text; choose a file in Markdown`, { cause })
  }
}

function tooLong(file: File): Error {
  return new Error(
    `${file.name} is too long; a document is made of up to ${maxImportLength / 1_000} thousand characters`,
  )
}
