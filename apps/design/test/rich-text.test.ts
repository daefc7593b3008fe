import { check, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hostileTexts } from '../gallery/hostile-texts.ts'
import { isEmojiOnly } from '../src/rich-text/is-emoji-only.ts'
import { textParts } from '../src/rich-text/text-parts.ts'

const ann = { id: 'u1', name: 'Ann' }
const annLee = { id: 'u2', name: 'Ann Lee' }
const links = (text: string): readonly string[] =>
  textParts(text, []).flatMap((part) => (part.kind === 'link' ? [part.href] : []))

describe('links', () => {
  it.each([
    ['see https://example.com/a?b=c#d.', ['https://example.com/a?b=c#d']],
    ['(http://example.com)', ['http://example.com/']],
    ['www.example.com and example.com/path', ['https://www.example.com/', 'https://example.com/path']],
    ['ada@example.com', ['mailto:ada@example.com']],
    ['mailto:ada@example.com', ['mailto:ada@example.com']],
    ['HTTPS://EXAMPLE.COM/A', ['https://example.com/A']],
  ])('[DSG16] %j links to %j', (text, expected) => {
    expect(links(text)).toEqual(expected)
  })

  it.each([
    'javascript:alert(1)',
    'JavaScript://example.com/%0aalert(1)',
    'data:text/html,<script>1</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'ftp://example.com/a',
    'blob:https:example',
    'readme.md and main.rs',
    '@ada #tag 127.0.0.1',
    'https://',
  ])('[DSG16] nothing in %j is a link', (text) => {
    expect(links(text)).toEqual([])
  })

  it('[DSG15, DSG16] the parts are the whole text, and links are of three kinds only', () => {
    const pieces = ['http://', 'javascript:', 'a@b.co', '@Ann', ' ', '\n', '.', '<', '\u202E', 'www.x.org', '/']
    const text = string({ unit: 'grapheme' }).map((noise) => pieces.join(noise) + noise)
    const result = check(
      property(text, (input) => {
        const parts = textParts(input, [ann, annLee])
        const hrefs = parts.flatMap((part) => (part.kind === 'link' ? [part.href] : []))
        return (
          parts.map((part) => part.text).join('') === input && hrefs.every((href) => /^(https?|mailto):/.test(href))
        )
      }),
    )
    expect(result.failed).toBe(false)
  })

  it('[DSG15] hostile texts are whole', () => {
    for (const text of [...hostileTexts, 'x'.repeat(4_000), '@'.repeat(4_000)]) {
      expect(
        textParts(text, [ann])
          .map((part) => part.text)
          .join(''),
      ).toBe(text)
    }
  })
})

describe('mentions', () => {
  const mentioned = (text: string): readonly string[] =>
    textParts(text, [ann, annLee, { id: 'u3', name: '' }]).flatMap((part) =>
      part.kind === 'mention' ? [part.text, part.id] : [],
    )

  it.each([
    ['@Ann and @Ann Lee', ['@Ann', 'u1', '@Ann Lee', 'u2']],
    ['(@Ann)', ['@Ann', 'u1']],
    ['@Annabel', []],
    ['@Ann Leeds', ['@Ann', 'u1']],
    ['@@Ann', ['@Ann', 'u1']],
    ['@ Ann, Ann, @ann', []],
  ])('[DSG18] in %j they are %j', (text, expected) => {
    expect(mentioned(text)).toEqual(expected)
  })
})

describe('emoji', () => {
  it.each(['👍', '🎉🎉 👍🏽', '👩‍👩‍👧‍👦', '🇩🇪', '❤️', '1️⃣'])('%j is shown larger', (text) => {
    expect(isEmojiOnly(text)).toBe(true)
  })

  it.each(['', ' ', 'ok 👍', '12', '👍'.repeat(7), '#'])('%j is not', (text) => {
    expect(isEmojiOnly(text)).toBe(false)
  })
})
