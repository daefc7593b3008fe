import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { maxImportLength } from '../contract.ts'
import { anchorOf, rangeOf, rangeOfQuote } from '../web/comments/anchor.ts'
import { fileName } from '../web/document/export-text.ts'
import { readMarkdownFile } from '../web/list/read-markdown-file.ts'
import { countWords } from '../web/markdown/count-words.ts'
import { renderBlocks } from '../web/markdown/render-markdown.ts'
import { toggledTask } from '../web/markdown/task-list.ts'
import { compareTexts } from '../web/versions/compare-texts.ts'

const renderMarkdown = (text: string) =>
  renderBlocks(text)
    .map(({ html }) => html)
    .join('')
const fileOf = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name)

it('[COL65] a file is named after its first heading, or itself, and has line ends of one character', async () => {
  expect(await readMarkdownFile(fileOf('a.md', 'x\r\n# The *plan*\r\ny\r'))).toEqual({
    title: 'The plan',
    text: 'x\n# The *plan*\ny\n',
  })
  expect((await readMarkdownFile(fileOf('notes of may.txt', 'x'))).title).toBe('notes of may')
  expect((await readMarkdownFile(fileOf('.md', '# \u202e\n'))).title).toBe('Imported')
  const long = await readMarkdownFile(fileOf('a.md', `# ${'a'.repeat(79)}😀`))
  expect(long.title).toBe('a'.repeat(79))
})

it('[COL65] a file that is no text, or too long, is refused in words for people', async () => {
  await expect(readMarkdownFile(fileOf('a.png', Uint8Array.of(0xff, 0xfe, 0x80)))).rejects.toThrow(
    'a.png is not a text',
  )
  const long = fileOf('long.md', 'x'.repeat(maxImportLength + 1))
  await expect(readMarkdownFile(long)).rejects.toThrow('up to 150 thousand characters')
})

it('[COL69] a task knows its line, is named by its words, and is toggled where its mark is', () => {
  const html = renderMarkdown('Do:\n\n1. [ ] one *two*\n   - [x] three')
  expect(html).toContain('data-task="0" aria-label="one *two*">one <em>two</em>')
  expect(html).toContain('data-task="1" aria-label="three" checked="">three')
  expect(toggledTask('   - [x] three')).toEqual({ from: 6, to: 7, insert: ' ' })
  expect(toggledTask('> 1. [ ] one')).toEqual({ from: 6, to: 7, insert: 'x' })
  expect(toggledTask('[ ] none')).toBeUndefined()
})

it('[COL69] a block is the same wherever it stands, and a link finds its address further below', () => {
  const blocks = renderBlocks('# One\n\ntwo [it][a]\n\n- [ ] three\n\n[a]: https://a.example')
  expect(blocks.map(({ line }) => line)).toEqual([0, 2, 4])
  expect(blocks[1]?.html).toContain('href="https://a.example"')
  const moved = renderBlocks('New.\n\n# One\n\ntwo [it][a]\n\n- [ ] three\n\n[a]: https://a.example')
  expect(moved.slice(1).map(({ html }) => html)).toEqual(blocks.map(({ html }) => html))
})

it('[COL70] markup and addresses that could run are text before anything is cleaned', () => {
  expect(renderMarkdown('<script>x</script>')).not.toContain('<script')
  expect(renderMarkdown('[a](javascript:x) ![b](data:image/png;base64,x)')).not.toMatch(/href|src/)
  expect(renderMarkdown('![b "c](https://a.example/p.png)')).toContain(
    '<a class="picture" href="https://a.example/p.png">b &quot;c</a>',
  )
})

it('[COL75] words are counted in every language, and a title becomes the name of a file', () => {
  expect(countWords('Two words, and 日本語も。')).toBeGreaterThan(4)
  expect(countWords('  \n')).toBe(0)
  expect(fileName('Q3: plan/draft?')).toBe('Q3 plan draft.md')
  expect(fileName('..')).toBe('document.md')
})

it('[COL76] a place stays with its text, takes nothing in at its edges, and is gone with it', () => {
  const text = new Y.Doc().getText('markdown')
  text.insert(0, 'before it after')
  const anchor = anchorOf(text, 7, 9)
  text.insert(9, '!')
  text.insert(7, '(')
  text.insert(0, 'long ')
  const range = rangeOf(text, anchor)
  expect(range && text.toJSON().slice(range.from, range.to)).toBe('it')
  text.delete(range?.from ?? 0, 2)
  expect(rangeOf(text, anchor)).toBeUndefined()
  expect(rangeOf(text, { from: 'AAAA', to: '////' })).toBeUndefined()
})

it('[COL76] a quote is found again where it stands once', () => {
  expect(rangeOfQuote('a b c', 'b')).toEqual({ from: 2, to: 3 })
  expect(rangeOfQuote('a b b', 'b')).toBeUndefined()
  expect(rangeOfQuote('a long text', 'long…')).toEqual({ from: 2, to: 6 })
  for (const none of ['', '…', 'd']) expect(rangeOfQuote('a b c', none)).toBeUndefined()
})

it('[COL78] what changed between two texts is told by words, and of long ones by lines', () => {
  expect(compareTexts('one two three', 'one 2 three')).toEqual([
    { kind: 'same', text: 'one ' },
    { kind: 'removed', text: 'two' },
    { kind: 'added', text: '2' },
    { kind: 'same', text: ' three' },
  ])
  const long = 'the same line\n'.repeat(5_000)
  expect(compareTexts(long, `${long}one more\n`)).toEqual([
    { kind: 'same', text: long },
    { kind: 'added', text: 'one more\n' },
  ])
})
