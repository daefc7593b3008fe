import { textOfRequest, type DeskRequest } from './desk-request.ts'

/** A text in Markdown, and after it what was to be said about it and was never sent. */
export function withUnsentComments(text: string, requests: readonly DeskRequest[]): string {
  const comments = requests.flatMap((request) => {
    const said = textOfRequest(request)
    return said === '' ? [] : [`- ${said.replaceAll('\n', '\n  ')}`]
  })
  return comments.length === 0 ? text : `${text}\n\n---\n\nComments that were never sent:\n\n${comments.join('\n')}\n`
}
