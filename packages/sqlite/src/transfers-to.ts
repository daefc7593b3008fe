import type { ToWorker } from './protocol.ts'

/** The memory of blobs on their way to the worker. It is a copy already, so that it moves instead of being copied once more. */
export function transfersTo(message: ToWorker): ArrayBuffer[] {
  if (message === 'close') return []
  const buffers: ArrayBuffer[] = []
  for (const operation of message.operations) {
    if (operation.kind === 'writeBlob') buffers.push(operation.bytes.buffer as ArrayBuffer)
  }
  return buffers
}
