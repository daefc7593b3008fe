import { changedLines } from './changed-lines.ts'
import { renderBlocks, type Block } from './render-markdown.ts'

/** By how many blocks before it a change may reach back: what ends a block may be two lines further on, as the dashes of a table are. */
const reach = 2

/**
 * The blocks of a text that changes, of which only what a change may concern is read anew. A block is what its own lines make of it,
 * and two more: only what names a link for the whole text reaches further, and texts that may hold such are read whole.
 */
export class MarkdownBlocks {
  #lines: readonly string[] = []
  #blocks: readonly Block[] = []
  #isWhole = true
  #read = 0

  /** Lines that were read, of all texts together. */
  get read(): number {
    return this.#read
  }

  update(text: string): readonly Block[] {
    const lines = (text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text).split('\n')
    const wasWhole = this.#isWhole
    this.#isWhole = text.includes(']:')
    this.#blocks = wasWhole || this.#isWhole ? this.#readLines(lines, 0, lines.length) : this.#changed(lines)
    this.#lines = lines
    return this.#blocks
  }

  #changed(lines: readonly string[]): readonly Block[] {
    const { start, end } = changedLines(this.#lines, lines)
    if (start === lines.length && start === this.#lines.length) return this.#blocks
    const blocks = this.#blocks
    const shift = lines.length - this.#lines.length
    const first = Math.max(0, blocks.findLastIndex(({ line }) => line <= start) - reach)
    const from = first === 0 ? 0 : (blocks[first]?.line ?? 0)
    // From the first one on that begins in what is the same again, where the new ones meet it.
    let next = blocks.findIndex(({ line }) => line >= this.#lines.length - end && line > start)
    for (let step = 1; next >= 0 && next < blocks.length; next += step, step *= 2) {
      const beyond = blocks[next + reach + 1]
      const meets = (blocks[next]?.line ?? 0) + shift
      const made = this.#readLines(lines, from, beyond ? beyond.line + shift : lines.length)
      const met = made.findIndex(({ line }) => line === meets)
      if (met >= 0) return [...blocks.slice(0, first), ...made.slice(0, met), ...moved(blocks.slice(next), shift)]
    }
    return [...blocks.slice(0, first), ...this.#readLines(lines, from, lines.length)]
  }

  #readLines(lines: readonly string[], from: number, to: number): readonly Block[] {
    this.#read += to - from
    return moved(renderBlocks(lines.slice(from, to).join('\n')), from)
  }
}

function moved(blocks: readonly Block[], by: number): readonly Block[] {
  return by === 0 ? blocks : blocks.map(({ line, html }) => ({ line: line + by, html }))
}
