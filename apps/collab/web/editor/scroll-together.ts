import type { EditorView } from '@codemirror/view'

/** The blocks of the preview that know their line, from 0. */
function blocksOf(preview: HTMLElement): { readonly line: number; readonly top: number }[] {
  const start = preview.getBoundingClientRect().top - preview.scrollTop
  return [...preview.querySelectorAll<HTMLElement>('.prose > [data-line]')].map((block) => ({
    line: Number(block.dataset.line),
    top: block.getBoundingClientRect().top - start,
  }))
}

/** Scrolls the preview to what stands at the top of the editor, roughly: between two blocks in proportion. */
export function scrollPreview(view: EditorView, preview: HTMLElement): void {
  const { scrollTop, scrollHeight, clientHeight } = view.scrollDOM
  if (scrollTop < 4) return void (preview.scrollTop = 0)
  if (scrollTop + clientHeight > scrollHeight - 4) return void (preview.scrollTop = preview.scrollHeight)
  const block = view.lineBlockAtHeight(scrollTop + 24)
  const number = view.state.doc.lineAt(block.from).number - 1
  const within = block.height === 0 ? 0 : (scrollTop + 24 - block.top) / block.height
  const line = number + Math.min(1, Math.max(0, within))
  const blocks = blocksOf(preview)
  const next = blocks.findIndex((each) => each.line > line)
  const [above, below] = [blocks.at(next === -1 ? -1 : next - 1), next === -1 ? undefined : blocks[next]]
  if (!above || next === 0) return
  const share = below ? (line - above.line) / (below.line - above.line) : 0
  preview.scrollTop = above.top + ((below?.top ?? above.top) - above.top) * share - 24
}
