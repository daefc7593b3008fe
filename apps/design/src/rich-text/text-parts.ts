import { tokenize } from 'linkifyjs'

export interface Mentioned {
  readonly id: string
  readonly name: string
}

export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'mention'; readonly text: string; readonly id: string }

/** What no address is without; most texts have none of it, and finding addresses takes long. */
const hasLink = /\.\S|:|@/

/** Text, links of http, https and mailto, and `@name` of those who are mentioned. The parts' texts are the whole text. */
export function textParts(text: string, mentions: readonly Mentioned[]): readonly TextPart[] {
  if (!hasLink.test(text)) return mentionParts(text, mentions)
  const parts: TextPart[] = []
  let plain = ''
  const flush = (): void => {
    if (plain !== '') parts.push(...mentionParts(plain, mentions))
    plain = ''
  }
  for (const token of tokenize(text)) {
    const href = token.isLink ? safeAddress(token.v, token.t, plain) : undefined
    if (href === undefined) {
      plain += token.v
      continue
    }
    flush()
    parts.push({ kind: 'link', text: token.v, href })
  }
  flush()
  return parts
}

/** The address of what looks like one; none for `readme.md`, which is a domain only by its letters. */
function safeAddress(text: string, type: string, before: string): string | undefined {
  if (type === 'email') return normalised(/^mailto:/i.test(text) ? text : `mailto:${text}`)
  if (type !== 'url') return undefined
  if (/^(https?:\/\/|mailto:)/i.test(text)) return normalised(text)
  // The rest of an address of another kind is none of its own.
  if (!/(^|[\s([{"'])$/.test(before)) return undefined
  return /^www\.|^[\w.-]+\.[a-z]{2,}(:\d+)?\//i.test(text) ? normalised(`https://${text}`) : undefined
}

function normalised(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).href : undefined
}

function mentionParts(text: string, mentions: readonly Mentioned[]): readonly TextPart[] {
  // The longest first: of `Ann` and `Ann Lee` the second is meant where it fits.
  const sorted = mentions.toSorted((a, b) => b.name.length - a.name.length)
  const parts: TextPart[] = []
  let begin = 0
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    if (at < begin) continue
    const found = sorted.find(({ name }) => isNameAt(text, at + 1, name))
    if (!found) continue
    if (at > begin) parts.push({ kind: 'text', text: text.slice(begin, at) })
    begin = at + 1 + found.name.length
    parts.push({ kind: 'mention', text: text.slice(at, begin), id: found.id })
  }
  if (begin < text.length) parts.push({ kind: 'text', text: text.slice(begin) })
  return parts
}

function isNameAt(text: string, at: number, name: string): boolean {
  return name !== '' && text.startsWith(name, at) && !/^[\p{L}\p{N}_]/u.test(text.slice(at + name.length))
}
