import { request, type IncomingHttpHeaders } from 'node:http'

export interface HttpAnswer {
  /** 101 where the connection was upgraded. */
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface HttpOptions {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly setHost?: boolean
}

/** One HTTP request with exactly these headers, which `fetch` does not allow. */
export function http(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body, setHost = true }: HttpOptions = {},
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, method, headers, setHost, host: '127.0.0.1', agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
    })
    sent.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

export const pollingPath = '/socket.io/?EIO=4&transport=polling'
export const webSocketPath = '/socket.io/?EIO=4&transport=websocket'

export const upgradeHeaders = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

/** The session id of a polling handshake. */
export async function pollingSession(port: number, headers: Record<string, string> = {}): Promise<string> {
  const { body } = await http(port, pollingPath, { headers })
  return (JSON.parse(body.slice(1)) as { sid: string }).sid
}
