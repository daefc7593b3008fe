import type { IncomingMessage } from 'node:http'

type Reading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: number; readonly reason: string }

/** The body of a request. It must say that it is JSON, which no form of another page can. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<Reading> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json')
    return { ok: false, status: 415, reason: 'send JSON, with content-type: application/json' }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > maxBytes) return { ok: false, status: 413, reason: `this is too long; at most ${maxBytes} bytes fit` }
    chunks.push(chunk)
  }
  try {
    return { ok: true, value: JSON.parse(Buffer.concat(chunks).toString()) }
  } catch {
    return { ok: false, status: 400, reason: 'this is no JSON; send an object with name and browserKey' }
  }
}
