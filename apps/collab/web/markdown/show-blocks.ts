import type { Block } from './render-markdown.ts'
import { safeFragment } from './safe-fragment.ts'

/** A block that is on the page. */
export interface ShownBlock {
  readonly html: string
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
  while (end < most - start && before.at(-1 - end)?.html === after.at(-1 - end)?.html) end += 1
  const kept = before.slice(before.length - end)
  for (const { nodes } of before.slice(start, before.length - end)) for (const node of nodes) node.remove()
  const next = kept.flatMap(({ nodes }) => nodes)[0] ?? null
  const made = after.slice(start, after.length - end).map(({ html }): ShownBlock => {
    const fragment = safeFragment(html)
    const nodes = [...fragment.childNodes]
    target.insertBefore(fragment, next)
    return { html, nodes }
  })
  const shown = [...before.slice(0, start), ...made, ...kept]
  shown.forEach(({ nodes }, index) => setLine(nodes, after[index]?.line ?? 0))
  return shown
}

/** By it the editor and the preview scroll together, and a task is found in the text. */
function setLine(nodes: readonly ChildNode[], line: number): void {
  const element = nodes.find((node) => node instanceof HTMLElement)
  if (element && element.dataset.line !== String(line)) element.dataset.line = String(line)
}
