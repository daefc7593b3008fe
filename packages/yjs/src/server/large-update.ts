import { maxBytesAtOnce } from './worker/run-job.ts'

/** Whether the event loop would wait for it to be read. */
export function isLarge({ byteLength }: Uint8Array): boolean {
  return byteLength > maxBytesAtOnce
}
