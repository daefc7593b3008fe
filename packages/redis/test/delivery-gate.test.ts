import { manualClock } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { DeliveryGate } from '../src/delivery-gate.ts'

function lab() {
  const clock = manualClock()
  const delivered: string[] = []
  const errors: unknown[] = []
  const lease = { heldUntilMs: 9_000 }
  const repairs: { resolve: () => void; reject: (reason: Error) => void }[] = []
  const gate = new DeliveryGate({
    clock,
    isHeld: (nowMs) => nowMs < lease.heldUntilMs,
    repair: () => new Promise<void>((resolve, reject) => repairs.push({ resolve, reject })),
    repairAgain: () => delivered.push('repaired again'),
    onError: (error) => errors.push(error),
  })
  const receive = (text: string, bytes = 1): void => {
    if (gate.isOpen(clock.monotonic())) delivered.push(text)
    else gate.keep(bytes, () => delivered.push(text))
  }
  const repaired = (): void => {
    lease.heldUntilMs = clock.monotonic() + 9_000
    delivered.push('repaired')
    repairs.shift()?.resolve()
  }
  return { clock, delivered, errors, gate, repairs, receive, repaired }
}

describe('the gate of a node whose lease has lapsed', () => {
  it('[RDS56] delivers what was missed before what came meanwhile', async () => {
    const { clock, delivered, gate, receive, repaired } = lab()
    receive('1')
    clock.advance(9_000)
    receive('3')
    await Promise.resolve()
    receive('4')
    expect([gate.isShut, delivered]).toEqual([true, ['1']])
    repaired()
    await gate.untilOpen()
    receive('5')
    expect(delivered).toEqual(['1', 'repaired', '3', '4', '5'])
  })

  it('[RDS56] repairs again where that failed, or took so long that the lease has lapsed again', async () => {
    const { clock, delivered, errors, gate, repairs, receive, repaired } = lab()
    clock.advance(9_000)
    receive('3')
    await Promise.resolve()
    repairs.shift()?.reject(new Error('no answer'))
    await expect.poll(() => clock.timerCount).toBe(1)
    clock.advance(1_000)
    await expect.poll(() => repairs.length).toBe(1)
    repairs.shift()?.resolve()
    await expect.poll(() => repairs.length).toBe(1)
    expect([delivered, errors.length]).toEqual([[], 1])
    repaired()
    await gate.untilOpen()
    expect(delivered).toEqual(['repaired', '3'])
  })

  for (const [what, count, bytes] of [
    ['messages', 10_001, 1],
    ['bytes', 17, 1_000_000],
  ] as const) {
    it(`[RDS57] keeps no more than so many ${what}, and reads the rest`, async () => {
      const { clock, delivered, gate, receive, repaired } = lab()
      clock.advance(9_000)
      for (let n = 0; n < count - 1; n++) receive(String(n), bytes)
      receive('one too many', bytes)
      await Promise.resolve()
      repaired()
      await gate.untilOpen()
      expect(delivered).toEqual(['repaired', 'repaired again'])
    })
  }

  it('[RDS62] drops what it keeps, and its timer, when it is closed', async () => {
    const { clock, delivered, gate, repairs, receive } = lab()
    clock.advance(9_000)
    receive('3')
    await Promise.resolve()
    repairs.shift()?.reject(new Error('no answer'))
    await expect.poll(() => clock.timerCount).toBe(1)
    gate.close()
    expect([clock.timerCount, delivered]).toEqual([0, []])
  })
})
