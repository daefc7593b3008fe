import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { closeTable, errorTable, wireNames } from '@millrace/contract'

function source(file: string): string {
  return readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8')
}

/** Declarations without comments, imports and layout, so that only a change of shape changes the text. */
function canonical(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
    .replace(/^import [^\n]*$/gm, '')
    .replace(/\s+/g, '')
    .replace(/([=:(])\|/g, '$1')
    .replace(/,([)\]}])/g, '$1')
}

function declaration(file: string, name: string): string {
  const found = new RegExp(`export interface ${name} \\{[\\s\\S]*?\\n\\}`).exec(source(file))
  if (!found) throw new Error(`${file} declares no interface ${name}; name the file where it is now`)
  return found[0]
}

/** The members of a table's rows that a program acts on; the sentences are for people. */
function rows(table: Readonly<Record<string, object>>): string {
  return JSON.stringify(Object.entries(table).map(([code, row]) => [code, { ...row, meaning: undefined }]))
}

/** Everything of the wire that both sides must agree on, as one text. */
export function describeWire(): string {
  const files = [...source('wire.ts').matchAll(/from '\.\/(.*?)'/g)].map((match) => match[1] ?? '')
  const borrowed = [
    declaration('position.ts', 'Position'),
    declaration('millrace-error.ts', 'WireError'),
    declaration('close-reason.ts', 'CloseReason'),
  ]
  const shapes = [...files.map(source), ...borrowed].map(canonical)
  return [...shapes, JSON.stringify(wireNames), rows(errorTable), rows(closeTable)].join('\n')
}

export function wireFingerprint(): string {
  return createHash('sha256').update(describeWire()).digest('hex').slice(0, 16)
}
