import { text } from 'node:stream/consumers'
import { readRecords, type OracleRecord } from '@millrace/testing'
import { startChild } from './child.ts'
import type { Answer, Order } from './protocol.ts'

/** The process of the clients. */
export interface KillClients extends AsyncDisposable {
  /** Resolves when it is done, with its number. Orders come one after the other. */
  order(order: Order): Promise<number>
  /** Ends the process; everything that it wrote. */
  end(): Promise<readonly OracleRecord[]>
}

export function startClients(url: string, awayUrl: string, seed: number): KillClients {
  const child = startChild('kill-clients.ts', [url, awayUrl, String(seed)])
  const lines = text(child.process.stdout!)
  return {
    order: async (order) => {
      child.process.send(order)
      const { value } = (await child.message()) as Answer
      return value
    },
    end: async () => {
      if (child.process.connected) child.process.disconnect()
      await child.hasExited
      return readRecords(await lines)
    },
    [Symbol.asyncDispose]: child.kill,
  }
}
