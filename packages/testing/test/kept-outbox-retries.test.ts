import { fail, MillraceError } from '@millrace/contract'
import { describe, expect, it } from 'vitest'
import { a } from './support/desk-contract.ts'
import { openDesk, type Desk, type Seat } from './support/desk.ts'

function say(seat: Seat, text: string): string {
  return seat.outbox.send('talk', a, 'say', { text })
}

function pay(seat: Seat, text: string): string {
  return seat.outbox.send('talk', a, 'pay', { text })
}

function states(seat: Seat): string[] {
  return seat.outbox.requests().map(({ input, state, error }) => {
    return [(input as { text: string }).text, state, error?.code].filter(Boolean).join(' ')
  })
}

/** Refuses the first attempts of the request of this text. */
function refuseFirst(desk: Desk, text: string, ...errors: readonly MillraceError[]): void {
  const left = [...errors]
  desk.rules.take = ({ input }) => {
    const error = (input as { text: string }).text === text ? left.shift() : undefined
    if (error) throw error
  }
}

/** So many handlers run, and their answers do not get through. */
async function runWithoutAnswer(desk: Desk, seat: Seat, count = 1): Promise<void> {
  const { runs } = desk.rules
  const enough = runs.length + count
  let go = () => {}
  const gone = new Promise<void>((resolve) => (go = resolve))
  desk.rules.take = () => {
    if (runs.length < enough) return gone
    seat.cable.hold('down')
    go()
  }
  await desk.pair.flush()
  expect(runs).toHaveLength(enough)
  desk.rules.take = () => {}
}

describe('a kept outbox tries again', () => {
  it.each([
    ['RATE_LIMITED', 300_000],
    ['OVERLOADED', 5_000],
    ['UNAVAILABLE', undefined],
    ['UNAUTHENTICATED', undefined],
  ] as const)('[KEP10] after %s with retryAfterMs %s, with the same key', async (code, retryAfterMs) => {
    await using desk = await openDesk()
    const seat = desk.open()
    refuseFirst(desk, '1', fail(code, 'not now', { retryAfterMs }))
    const key = say(seat, '1')
    say(seat, '2')
    await desk.pair.flush()
    expect(desk.texts).toEqual(['1'])
    expect(states(seat)).toEqual(['1 pending', '2 pending'])
    await desk.pair.run((retryAfterMs ?? 0) + 499)
    expect(desk.texts).toEqual(['1'])
    await desk.pair.run(501)
    expect(desk.texts).toEqual(['1', '1', '2'])
    expect(desk.rules.runs.slice(0, 2).map((run) => run.key)).toEqual([key, key])
    expect(seat.answers).toEqual(['1:2', '2:3'])
  })

  it('[KEP10] with pauses that grow to 20 s', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    const at: number[] = []
    desk.rules.take = () => {
      at.push(desk.pair.clock.monotonic())
      throw fail('UNAVAILABLE', 'not now')
    }
    say(seat, '1')
    await desk.pair.run(600_000)
    const pauses = at.slice(1).map((time, index) => time - (at[index] ?? 0))
    expect(pauses[0]).toBeGreaterThanOrEqual(500)
    expect(pauses[0]).toBeLessThanOrEqual(1_000)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(20_000)
    expect(Math.max(...pauses.slice(0, 3))).toBeLessThan(Math.max(...pauses.slice(8)))
    expect(pauses.length).toBeGreaterThan(30)
  })

  it('[KEP8] tries nothing while offline, and everything once connected', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    seat.cable.isPlugged = false
    say(seat, '1')
    say(seat, '2')
    await desk.pair.run(3_600_000)
    say(seat, '3')
    expect(states(seat)).toEqual(['1 pending', '2 pending', '3 pending'])
    seat.cable.isPlugged = true
    await desk.pair.run(21_000)
    expect(seat.answers).toEqual(['1:1', '2:2', '3:3'])
    expect(seat.errors).toEqual([])
  })

  it('[KEP10] a new connection ends a pause that the network is the reason for', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    const { runs } = desk.rules
    say(seat, '1')
    await runWithoutAnswer(desk, seat)
    await desk.pair.run(300_000)
    for (const before = runs.length; runs.length === before;) await desk.pair.run(100)
    await desk.pair.run(20_000) // the attempt has ended, and the next one waits for up to 20 s
    const ran = runs.length
    seat.cable.release()
    seat.cable.cut()
    await desk.pair.run(1_100)
    expect(runs).toHaveLength(ran + 1)
    expect(states(seat)).toEqual([])
  })

  it('[KEP8] goes on where the client gave up and the application connects again', async () => {
    await using desk = await openDesk()
    const seat = desk.open({}, { reconnect: { maxAttempts: 0 } })
    seat.cable.isPlugged = false
    say(seat, '1')
    await desk.pair.run(60_000)
    expect(seat.client.state.state).toBe('gave-up')
    say(seat, '2')
    await desk.pair.run(60_000)
    expect(states(seat)).toEqual(['1 pending', '2 pending'])
    seat.cable.isPlugged = true
    const connected = seat.client.connect()
    await desk.pair.flush()
    await connected
    expect(seat.answers).toEqual(['1:1', '2:2'])
  })

  it('[KEP11] OUTCOME_UNKNOWN: again with the same key within 4.5 minutes, and the server runs it once', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    const key = pay(seat, '1')
    await runWithoutAnswer(desk, seat)
    await desk.pair.run(30_000)
    seat.cable.release()
    await desk.pair.run(20_000)
    expect(desk.rules.runs.map((run) => run.key)).toEqual([key])
    expect(seat.answers).toEqual(['1:1'])
  })

  it('[KEP11] too late it has failed as OUTCOME_UNKNOWN; what is idempotent goes on', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    pay(seat, 'paid')
    seat.outbox.send('talk', { id: 'b' }, 'say', { text: 'said' })
    await runWithoutAnswer(desk, seat, 2)
    await desk.pair.run(4.4 * 60_000)
    expect(states(seat)).toEqual(['paid pending', 'said pending'])
    await desk.pair.run(60_000)
    expect(states(seat)).toEqual(['paid failed OUTCOME_UNKNOWN', 'said pending'])
    seat.cable.release()
    await desk.pair.run(30_000)
    expect(seat.answers).toHaveLength(1)
    expect(states(seat)).toEqual(['paid failed OUTCOME_UNKNOWN'])
    expect(desk.rules.runs.filter(({ name }) => name === 'pay')).toHaveLength(1)
  })

  it.each([
    ['4 minutes later, it runs once', 4 * 60_000, 0],
    ['5 minutes later, it has failed', 5 * 60_000, 0],
    ['with a clock that was set back, it has failed', 60_000, -3_600_000],
  ])('[KEP11] over a reload: %s', async (_what, pauseMs, jumpMs) => {
    await using desk = await openDesk()
    const first = desk.open()
    pay(first, '1')
    await runWithoutAnswer(desk, first)
    await first.outbox.close()
    await first.client.close()
    await desk.pair.run(pauseMs)
    desk.pair.clock.jump(jumpMs)
    const second = desk.open()
    await desk.pair.run(5_000)
    const isLate = pauseMs > 270_000 || jumpMs < 0
    expect(second.answers).toEqual(isLate ? [] : ['1:1'])
    expect(states(second)).toEqual(isLate ? ['1 failed OUTCOME_UNKNOWN'] : [])
    expect(desk.texts).toEqual(['1'])
  })

  it('[KEP11] what was refused before is not in doubt: the window begins with the attempt that may have left', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    refuseFirst(desk, '1', fail('RATE_LIMITED', 'slow', { retryAfterMs: 400_000 }))
    pay(seat, '1')
    await desk.pair.run(399_000)
    await seat.outbox.close()
    const second = desk.open()
    await desk.pair.run(5_000)
    expect(second.answers).toEqual(['1:2'])
  })

  it('[KEP12] a refusal for good is kept with its error, over a reload, while others go on', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    refuseFirst(desk, '1', new MillraceError('SLOW_MODE', 'slow down', { data: { waitMs: 5 } }))
    const key = say(seat, '1')
    say(seat, '2')
    await desk.pair.flush()
    expect(seat.answers).toEqual(['2:2'])
    expect(states(seat)).toEqual(['1 failed SLOW_MODE'])
    const [failed] = seat.outbox.requests()
    await seat.outbox.close()
    const next = desk.open()
    await desk.pair.run(60_000)
    expect(next.outbox.requests()).toEqual([failed])
    expect(next.outbox.requests()[0]?.error?.data).toEqual({ waitMs: 5 })
    expect(desk.texts).toEqual(['1', '2'])
    next.outbox.retry(key)
    expect(next.outbox.requests()).toMatchObject([{ key, state: 'pending', error: undefined }])
    await desk.pair.flush()
    expect(next.answers).toEqual(['1:3'])
    expect(desk.rules.runs.at(-1)?.key).toBe(key)
  })

  it('[KEP12] a handler that throws has failed it', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    desk.rules.take = () => {
      throw new Error('broken')
    }
    say(seat, '1')
    await desk.pair.run(60_000)
    expect(states(seat)).toEqual(['1 failed INTERNAL'])
    expect(desk.texts).toEqual(['1'])
  })

  it('[KEP13] a refusal after an attempt that may have happened is OUTCOME_UNKNOWN', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    say(seat, '1')
    await runWithoutAnswer(desk, seat)
    desk.rules.take = () => {
      throw fail('FORBIDDEN', 'you left')
    }
    await desk.pair.run(30_000)
    seat.cable.release()
    await desk.pair.run(30_000)
    expect(states(seat)).toEqual(['1 failed OUTCOME_UNKNOWN'])
    expect(seat.outbox.requests()[0]?.error?.message).toContain('FORBIDDEN')
  })

  it('[KEP14] retry sends a failed request before what came after it', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    refuseFirst(desk, '1', fail('FORBIDDEN', 'no'))
    const key = say(seat, '1')
    await desk.pair.flush()
    seat.cable.isPlugged = false
    seat.cable.cut()
    await desk.pair.flush()
    say(seat, '2')
    seat.outbox.retry(key)
    seat.outbox.retry('unknown')
    expect(states(seat)).toEqual(['1 pending', '2 pending'])
    seat.cable.isPlugged = true
    await desk.pair.run(30_000)
    expect(desk.texts).toEqual(['1', '1', '2'])
  })

  it('[KEP14] retry of what is in doubt and too late is the decision of whoever calls it', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    const key = pay(seat, '1')
    await runWithoutAnswer(desk, seat)
    await desk.pair.run(400_000)
    expect(states(seat)).toEqual(['1 failed OUTCOME_UNKNOWN'])
    seat.cable.release()
    seat.outbox.retry(key)
    await desk.pair.run(30_000)
    expect(states(seat)).toEqual([])
    expect(seat.answers).toHaveLength(1)
  })

  it('[KEP9] a room that may not be joined fails its requests; one that is not available is tried again', async () => {
    await using desk = await openDesk()
    const seat = desk.open()
    desk.rules.authorize = (_user, id) => {
      if (id === 'b') throw fail('UNAVAILABLE', 'no database')
      return id !== 'a'
    }
    say(seat, '1')
    say(seat, '2')
    seat.outbox.send('talk', { id: 'b' }, 'say', { text: '3' })
    await desk.pair.run(10_000)
    expect(states(seat)).toEqual(['1 failed FORBIDDEN', '2 failed FORBIDDEN', '3 pending'])
    desk.rules.authorize = () => true
    await desk.pair.run(30_000)
    expect(seat.answers).toEqual(['3:1'])
  })
})
