import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countWords } from '../web/markdown/count-words.ts'
import { MarkdownBlocks } from '../web/markdown/markdown-blocks.ts'
import { renderBlocks } from '../web/markdown/render-markdown.ts'
import { WordCount } from '../web/markdown/word-count.ts'

const paragraph = 'Nothing that was written **here** was lost, and each edit has a [number](https://example.org).'
const part = (at: number): string =>
  [`## Part ${at}`, paragraph, '- one\n- [ ] two', '```\ncode\n\n# code\n```', '| a | b |\n| - | - |\n| 1 | 2 |'].join(
    '\n\n',
  )
const long = Array.from({ length: 900 }, (_, at) => part(at)).join('\n\n')

function typed(text: string, at: number, insert: string): string {
  return text.slice(0, at) + insert + text.slice(at)
}

/** No word goes over the end of a line. */
function wordsOf(text: string): number {
  return text.split('\n').reduce((sum, line) => sum + countWords(line), 0)
}

describe('a long text that is written in', () => {
  it('[COL98] is read anew around a change only, wherever that is', () => {
    expect(long.length).toBeGreaterThan(145_000)
    const blocks = new MarkdownBlocks()
    blocks.update(long)
    for (const at of [0, long.length / 2, long.indexOf('two', 80_000), long.length]) {
      const before = blocks.read
      const next = typed(long, Math.floor(at), 'x')
      expect(blocks.update(next)).toEqual(renderBlocks(next))
      expect(blocks.read - before).toBeLessThan(120)
      blocks.update(long)
    }
  })

  it('[COL98] has blocks as if it were read whole, whatever is changed', () => {
    const pieces = [
      'a',
      ' ',
      '\n',
      '\n\n',
      '- ',
      '> ',
      '```',
      '~~~\n',
      '| a |',
      '| - |\n',
      '# ',
      '---',
      '    ',
      '1. ',
      '[a]: b\n',
      '\r',
      '*',
    ]
    const edit = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(9), fc.constantFrom(...pieces))
    const start = Array.from({ length: 4 }, (_, at) => part(at)).join('\n\n')
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const blocks = new MarkdownBlocks()
        let text = start
        blocks.update(text)
        for (const [where, length, insert] of edits) {
          const at = Math.floor(where * text.length)
          text = text.slice(0, at) + insert + text.slice(at + length)
          expect(blocks.update(text)).toEqual(renderBlocks(text))
        }
      }),
      { numRuns: 120 },
    )
  })

  it('[COL98] has the words counted of what changed only, some of them at a time', () => {
    const count = new WordCount()
    count.take(long)
    expect(count.step(10_000)).toBe(false)
    expect(count.total).toBeLessThan(10_000)
    while (!count.step(10_000));
    expect(count.total).toBe(wordsOf(long))
    expect(wordsOf(part(1))).toBe(countWords(part(1)))
    const next = typed(long, 70_000, ' two words\nand three more ')
    count.take(next)
    expect(count.step(1_000)).toBe(true)
    expect(count.total).toBe(wordsOf(next))
  })
})
