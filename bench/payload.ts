/** What is published and echoed: about 100 bytes of JSON. */
export interface Payload {
  /** 1, 2, 3 without holes, per server and per client. */
  readonly seq: number
  /** `monotonicMicros` of the sender. */
  readonly at: number
  readonly text: string
}

const text = 'The mill race runs under the wheel whether it turns or not.'

export function payload(seq: number): Payload {
  return { seq, at: monotonicMicros(), text }
}

/** Microseconds since the machine started: the same clock in every process, so that latencies can be taken across them. */
export function monotonicMicros(): number {
  return Number(process.hrtime.bigint() / 1_000n)
}
