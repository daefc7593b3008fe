import { manualClock, type ManualClock } from '@millrace/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { PublishQueue, type QueueLimits } from '../../src/adapter/publish-queue.ts'

const limits: QueueLimits = { maxWaiting: 3, maxWaitingBytes: 100, maxSent: 2, maxSentBytes: 50, maxAgeMs: 5_000 }

/** Answers when it is told to. */
class Far {
  readonly sent: string[] = []
  readonly answers: { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }[] = []
  isConnected = true

  readonly send = (_channel: string, message: Buffer | string): Promise<unknown> | undefined => {
    if (!this.isConnected) return undefined
    this.sent.push(message.toString())
    return new Promise((resolve, reject) => this.answers.push({ resolve, reject }))
  }

  /** Takes what was sent, and what follows it. */
  async takeAll(): Promise<void> {
    for (let next = this.answers.shift(); next; next = this.answers.shift()) {
      next.resolve(1)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

let far: Far
let clock: ManualClock
let queue: PublishQueue
let drops: unknown[]
let drained: number

beforeEach(() => {
  far = new Far()
  clock = manualClock()
  drops = []
  drained = 0
  queue = new PublishQueue(
    far.send,
    clock,
    { onDrop: (reason) => drops.push(reason), onDrained: () => drained++ },
    limits,
  )
})

describe('messages on their way to Redis', () => {
  it('[SIO31] keep their order; so many are on their way, and the others wait', async () => {
    for (const text of ['a', 'b', 'c', 'd', 'e']) queue.add('x', text)
    expect(far.sent).toEqual(['a', 'b'])
    expect(drained).toBe(0)
    await far.takeAll()
    expect(far.sent).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(queue.dropped).toBe(0)
    expect(drained).toBeGreaterThan(0)
  })

  it('[SIO31] the oldest give way where too many, or too large ones, wait', async () => {
    for (const text of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) queue.add('x', text)
    expect(queue.dropped).toBe(2)
    queue.add('x', 'h'.repeat(98))
    expect(queue.dropped).toBe(5)
    queue.add('x', 'i'.repeat(200))
    expect(queue.dropped).toBe(7)
    queue.add('x', 'j')
    await far.takeAll()
    expect(far.sent).toEqual(['a', 'b', 'j'])
    expect(drops).toHaveLength(7)
  })

  it('[SIO31] bytes on their way are bounded; one of any size goes alone', async () => {
    queue.add('x', 'a'.repeat(80))
    queue.add('x', 'b')
    expect(far.sent).toHaveLength(1)
    await far.takeAll()
    expect(far.sent).toHaveLength(2)
  })

  it('[SIO31] what waited for 5 s is dropped, without a connection and with one', () => {
    far.isConnected = false
    queue.add('x', 'a')
    clock.advance(3_000)
    queue.add('x', 'b')
    clock.advance(2_000)
    expect(queue.dropped).toBe(1)
    far.isConnected = true
    queue.flush()
    expect(far.sent).toEqual(['b'])
    clock.advance(5_000)
    expect([clock.timerCount, queue.dropped]).toEqual([0, 1])
  })

  it('[SIO31] one that Redis refused, or lost, is dropped and not sent again', async () => {
    for (const text of ['a', 'b', 'c']) queue.add('x', text)
    far.answers.shift()?.reject(new Error('closed'))
    await far.takeAll()
    expect(far.sent).toEqual(['a', 'b', 'c'])
    expect([queue.dropped, drops]).toEqual([1, [new Error('closed')]])
  })

  it('[SIO34] a closed queue sends nothing, holds nothing and has no timer', () => {
    far.isConnected = false
    queue.add('x', 'a')
    queue.close()
    far.isConnected = true
    queue.add('x', 'b')
    queue.flush()
    expect([far.sent, queue.dropped, clock.timerCount]).toEqual([[], 2, 0])
  })
})
