export interface NetBytes {
  /** Since the machine was started. */
  readonly inBytes: number
  readonly outBytes: number
}

/**
 * All interfaces of Linux's `/proc/net/dev` but the loopback, together. After its colon each has 16 numbers: the first is bytes
 * received, the ninth bytes sent. Lines that look otherwise are left out.
 *
 * @returns Undefined where there is no interface.
 */
export function parseNetDev(text: string): NetBytes | undefined {
  let found: NetBytes | undefined
  for (const line of text.split('\n')) {
    const [, name, numbers = ''] = /^\s*([^\s:]+(?::[^\s:]+)*):(.*)$/.exec(line) ?? []
    if (name === undefined || name === 'lo') continue
    const columns = numbers.trim().split(/\s+/)
    const [inBytes, outBytes] = [columns[0], columns[8]].map(readCount)
    if (columns.length !== 16 || inBytes === undefined || outBytes === undefined) continue
    found = { inBytes: (found?.inBytes ?? 0) + inBytes, outBytes: (found?.outBytes ?? 0) + outBytes }
  }
  return found
}

function readCount(text = ''): number | undefined {
  const count = /^\d{1,20}$/.test(text) ? Number(text) : NaN
  return Number.isFinite(count) ? count : undefined
}
