import { manualClock } from '@millrace/testing'
import { describe, expect, it, vi } from 'vitest'
import type { Suspect } from '../src/heard-tails.ts'
import { RepairRounds } from '../src/repair-rounds.ts'

function lab() {
  const clock = manualClock()
  const seen: string[] = []
  const errors: unknown[] = []
  const found: { suspects: readonly Suspect[] | Error } = { suspects: [] }
  const rounds = new RepairRounds({
    clock,
    compareMs: 10_000,
    async suspects() {
      seen.push('compare')
      if (found.suspects instanceof Error) throw found.suspects
      return found.suspects
    },
    resubscribe: async (room) => void seen.push(`subscribe ${room}`),
    onError: (error) => errors.push(error),
  })
  const suspect = (room: string, isStill = true): Suspect => ({
    room,
    isStill: () => isStill,
    repair: async () => void seen.push(`repair ${room}`),
  })
  return { clock, seen, errors, found, rounds, suspect }
}

describe('comparisons with Redis', () => {
  it('[RDS61] are made every 10 s, and look twice before they subscribe again and repair', async () => {
    const { clock, seen, found, suspect } = lab()
    found.suspects = [suspect('lobby'), suspect('lobby'), suspect('busy', false)]
    clock.advance(9_999)
    expect(seen).toEqual([])
    clock.advance(1)
    await vi.waitFor(() => expect(clock.timerCount).toBe(1))
    expect(seen).toEqual(['compare'])
    clock.advance(200)
    const first = ['compare', 'subscribe lobby', 'repair lobby', 'repair lobby']
    await vi.waitFor(() => expect(seen).toEqual(first))
    found.suspects = []
    await vi.waitFor(() => expect(clock.timerCount).toBe(1))
    clock.advance(10_000)
    await vi.waitFor(() => expect(seen).toEqual([...first, 'compare']))
  })

  it('[RDS61] are made at once where a connection is new, and again where they fail', async () => {
    const { clock, seen, errors, found, rounds, suspect } = lab()
    found.suspects = new Error('no answer')
    const run = rounds.run()
    await vi.waitFor(() => expect(errors).toHaveLength(1))
    expect(rounds.isRepaired).toBe(false)
    found.suspects = [suspect('lobby')]
    await vi.waitFor(() => expect(clock.timerCount).toBe(2))
    clock.advance(1_000)
    await run
    expect([seen, rounds.isRepaired]).toEqual([['compare', 'compare', 'repair lobby'], true])
  })

  it('[RDS61] are made once more where something came into doubt meanwhile', async () => {
    const { seen, rounds } = lab()
    await rounds.run()
    expect(seen).toEqual(['compare'])
    // The second begins to listen while the first is answered.
    await Promise.all([rounds.run(), rounds.run()])
    expect(seen).toEqual(['compare', 'compare', 'compare'])
  })

  it('[RDS62] leave no timer behind', async () => {
    const { clock, found, rounds } = lab()
    found.suspects = new Error('no answer')
    void rounds.run()
    await vi.waitFor(() => expect(clock.timerCount).toBe(2))
    rounds.close()
    expect(clock.timerCount).toBe(0)
  })
})
