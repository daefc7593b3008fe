import { createServer, request, type Server } from 'node:http'

/** A proxy that passes requests on as they are and refuses to switch to WebSocket, as some company networks do. */
export function refuseUpgrades(target: string): Server {
  const { hostname, port } = new URL(target)
  return createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming
    const onward = request({ hostname, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  }).on('upgrade', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n'))
}
