import type { Block } from './render-markdown.ts'
import { safeFragment } from './safe-fragment.ts'

/** A block that is on the page. */
export interface ShownBlock extends Block {
  readonly nodes: readonly ChildNode[]
}

/** Puts into the target what differs between the first and the last block that are as they were. @returns What is on it then. */
export function showBlocks(
  target: HTMLElement,
  before: readonly ShownBlock[],
  after: readonly Block[],
): readonly ShownBlock[] {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start]?.html === after[start]?.html) start += 1
  let end = 0
  while (end < most - start && before[before.length - 1 - end]?.html === after[after.length - 1 - end]?.html) end += 1
  const rest = before.length - end
  for (const { nodes } of before.slice(start, rest)) for (const node of nodes) node.remove()
  const next = before.slice(rest).find(({ nodes }) => nodes.length > 0)?.nodes[0] ?? null
  const made = after.slice(start, after.length - end).map((block): ShownBlock => {
    const fragment = safeFragment(block.html)
    for (const code of fragment.querySelectorAll('pre')) code.tabIndex = 0
    const nodes = [...fragment.childNodes]
    setLine(nodes, block.line)
    target.insertBefore(fragment, next)
    return { ...block, nodes }
  })
  const moved = (shown: ShownBlock, line = 0): ShownBlock => {
    if (shown.line === line) return shown
    setLine(shown.nodes, line)
    return { ...shown, line }
  }
  return [
    ...before.slice(0, start).map((shown, index) => moved(shown, after[index]?.line)),
    ...made,
    ...before.slice(rest).map((shown, index) => moved(shown, after[after.length - end + index]?.line)),
  ]
}

/** By it the editor and the preview scroll together, and a task is found in the text. */
function setLine(nodes: readonly ChildNode[], line: number): void {
  const element = nodes.find((node) => node instanceof HTMLElement)
  if (element) element.dataset.line = String(line)
}
