import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { startTcpProxy } from '@millrace/testing/faults'
import { expect, it, vi } from 'vitest'

/** Says everything back to whoever says it. */
async function startEcho(): Promise<{ readonly port: number; readonly close: () => void }> {
  const server = createServer((socket) => void socket.on('error', () => socket.destroy()).pipe(socket))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { port: (server.address() as { port: number }).port, close: () => server.close() }
}

async function dial(port: number): Promise<{ readonly socket: Socket; readonly heard: () => string }> {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', (bytes) => (heard += String(bytes))).on('error', () => undefined)
  await once(socket, 'connect')
  return { socket, heard: () => heard }
}

it('[FLT15] one connection loses bytes and goes on, until the network is restored', async () => {
  const echo = await startEcho()
  await using proxy = await startTcpProxy(echo.port)
  const [deaf, other] = [await dial(proxy.port), await dial(proxy.port)]
  await vi.waitFor(() => expect(proxy.openConnections).toBe(2))
  expect(() => proxy.dropOne(1)).toThrow('no client with port 1 is connected')

  const end = proxy.dropOne(deaf.socket.localPort ?? 0, 'toClient')
  for (const { socket } of [deaf, other]) socket.write('lost ')
  await vi.waitFor(() => expect([other.heard(), proxy.counts.droppedBytes.toClient]).toEqual(['lost ', 5]))
  end()
  for (const { socket } of [deaf, other]) socket.write('kept')
  await vi.waitFor(() => expect([deaf.heard(), other.heard()]).toEqual(['kept', 'lost kept']))

  proxy.restore()
  await vi.waitFor(() => expect([deaf.socket.destroyed, other.socket.destroyed]).toEqual([true, false]))
  other.socket.destroy()
  echo.close()
})
