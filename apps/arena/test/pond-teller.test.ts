import { describe, expect, it } from 'vitest'
import { withdraw } from '../game/crew.ts'
import { step } from '../game/step.ts'
import { tickMs } from '../game/world.ts'
import { PondTeller, type TellerParts } from '../keeper/pond-teller.ts'
import { inputsOf, pondOf } from './ponds.ts'
import { storedValues } from './stored-values.ts'

/** A room whose store answers when the test says so. */
function slowRoom() {
  const told: string[] = []
  let waiting: { readonly done: () => void; readonly fail: (error: Error) => void }[] = []
  const write = (what: string): Promise<never> => {
    told.push(what)
    return new Promise<void>((done, fail) => waiting.push({ done, fail })) as Promise<never>
  }
  const room: TellerParts['room'] = {
    publish: (name, payload) => write(`${name} ${'id' in payload ? payload.id : ''}`.trim()),
    remove: (name, key) => write(`no ${name} ${key}`) as Promise<void>,
  }
  const settle = (how: 'done' | 'fail'): void => {
    const all = waiting
    waiting = []
    for (const [index, { done, fail }] of all.entries()) {
      if (how === 'fail' && index === 1) fail(new Error('the store is away'))
      else done()
    }
  }
  return { room, settle, take: () => told.splice(0) }
}

function tellerOf(values = storedValues(pondOf()).slice(0, 0)) {
  const slow = slowRoom()
  const errors: unknown[] = []
  const clock = { now: 0 }
  const teller = new PondTeller(
    { room: slow.room, monotonicMs: () => clock.now, onError: (error) => errors.push(error) },
    values,
  )
  return { ...slow, errors, clock, teller }
}

describe('what a pond tells', () => {
  it('[ARN26] is everything first, then what changed, and nothing while the store has not answered', async () => {
    const { teller, settle, take } = tellerOf()
    const pond = { ...pondOf('ada'), grain: [] }
    const first = teller.tell(pond)
    const all = pond.boats.flatMap(({ id }) => [`player ${id}`, `captain ${id}`])
    expect(take()).toEqual(['round', ...all])
    const next = step(pond, inputsOf('ada', { seq: 0, turn: 1, thrust: 1 }), tickMs)
    await teller.tell(next)
    expect(take()).toEqual([])
    settle('done')
    await first
    const second = teller.tell(next)
    expect(take()).toEqual(pond.boats.map(({ id }) => `player ${id}`))
    settle('done')
    await second
    const third = teller.tell({ ...next, tick: next.tick + 1 })
    await third
    expect(take()).toEqual([])
  })

  it('[ARN26] is everything again after a fault, half a second later', async () => {
    const { teller, settle, take, errors, clock } = tellerOf()
    const pond = { ...pondOf('ada'), grain: [] }
    const failing = teller.tell(pond)
    const all = take()
    settle('fail')
    await failing
    expect(errors).toEqual([new Error('the store is away')])
    await teller.tell(pond)
    expect(take()).toEqual([])
    clock.now = 500
    const again = teller.tell(pond)
    expect(take()).toEqual(all)
    settle('done')
    await again
  })

  it('[ARN27] is also what is over: boats that went, and what another node left', async () => {
    const before = pondOf('ada', 'bob')
    const { teller, settle, take } = tellerOf([...storedValues(before), { name: 'pace', key: '', payload: '{}' }])
    const pond = withdraw(before, 'bob')
    const telling = teller.tell(pond)
    const told = take()
    expect(told.filter((what) => what.startsWith('no '))).toEqual(['no player bob', 'no captain bob'])
    expect(told).toContain('player ada')
    settle('done')
    await telling
  })

  it('[ARN27] is what is over once more where the store did not take it, whatever the player is called', async () => {
    const id = 'bob of the mill'
    const before = pondOf('ada', id)
    const { teller, settle, take, clock } = tellerOf()
    const first = teller.tell(before)
    settle('done')
    await first
    take()
    const over = [`no player ${id}`, `no captain ${id}`]
    const failing = teller.tell(withdraw(before, id))
    expect(take()).toEqual(expect.arrayContaining(over))
    settle('fail')
    await failing
    clock.now = 500
    const again = teller.tell(withdraw(before, id))
    expect(take()).toEqual(expect.arrayContaining(over))
    settle('done')
    await again
    await teller.tell(withdraw(before, id))
    expect(take()).toEqual([])
  })
})
