/** What is published and echoed: about 100 bytes of JSON. */
export interface Payload {
  /** 1, 2, 3 without holes, per room of a server and per client. */
  readonly seq: number
  /** `monotonicMicros` of the sender. */
  readonly at: number
  readonly text: string
}

/** One of many values of which the newest counts: about 100 bytes of JSON as well. */
export interface Quote extends Payload {
  readonly key: string
  readonly value: number
}

const text = 'The mill race runs under the wheel whether it turns or not.'
const quoteText = text.slice(0, 23)

export function payload(seq: number): Payload {
  return { seq, at: monotonicMicros(), text }
}

export function quote(seq: number, key: string): Quote {
  return { key, value: Math.random(), seq, at: monotonicMicros(), text: quoteText }
}

/** Microseconds since the machine started: the same clock in every process, so that latencies can be taken across them. */
export function monotonicMicros(): number {
  return Number(process.hrtime.bigint() / 1_000n)
}
