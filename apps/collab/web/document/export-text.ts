import { renderBlocks } from '../markdown/render-markdown.ts'
import { safeFragment } from '../markdown/safe-fragment.ts'

/** Gives the text to the browser as a file to be kept. */
export function downloadMarkdown(title: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/markdown;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName(title)
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** A title as the name of a file: without what systems forbid in one. */
export function fileName(title: string): string {
  const name = title
    .replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  return `${name || 'document'}.md`
}

/** Puts the document into the clipboard as its readers see it, and as HTML for where only text goes. */
export async function copyHtml(text: string): Promise<void> {
  const body = document.createElement('div')
  body.append(...renderBlocks(text).map(({ html }) => safeFragment(html)))
  for (const box of body.querySelectorAll('[data-task]')) box.removeAttribute('data-task')
  const blob = (type: string): Blob => new Blob([body.innerHTML], { type })
  await navigator.clipboard.write([
    new ClipboardItem({ 'text/html': blob('text/html'), 'text/plain': blob('text/plain') }),
  ])
}
