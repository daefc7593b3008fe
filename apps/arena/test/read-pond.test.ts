import { describe, expect, it } from 'vitest'
import { newPond } from '../game/crew.ts'
import { readPond } from '../keeper/read-pond.ts'
import { boatOf, pondOf, withBoat } from './ponds.ts'
import { storedValues } from './stored-values.ts'

const pond = withBoat({ ...pondOf('ada', 'bob'), tick: 500 }, 'ada', { score: 7, wins: 2, cargo: 3, seq: 40, vx: 12.5 })
const stored = storedValues(pond)

describe('a pond that another node kept', () => {
  it('[ARN24] goes on as it was', () => {
    const { seed: _, ...rest } = pond
    expect(readPond(stored, 1)).toMatchObject(rest)
  })

  it('[ARN27] is read without what fits nothing', () => {
    const value = (name: string, payload: string | Uint8Array | null) => ({ name, key: 'x', payload })
    const junk = [
      value('player', '{"id":"eve"}'),
      value('player', 'no json'),
      value('player', null),
      value('player', new Uint8Array([1])),
      value('player@2', JSON.stringify({ ...boatOf(pond, 'ada'), id: 'eve', tick: 1 })),
      value('captain', JSON.stringify({ id: 'eve', name: '<b>', hue: 1, isBot: false, score: 0, wins: 0 })),
      value('grain', '{"id":99,"x":1e999,"y":0,"worth":1}'),
      value('round', '[]'),
      value('other', '{}'),
    ]
    const read = readPond([...junk, ...stored], 1)
    expect(read.boats.map(({ id }) => id)).toEqual(pond.boats.map(({ id }) => id))
    expect(read.grain).toEqual(pond.grain)
    expect(read.round).toEqual(pond.round)
  })

  it('[ARN27] is a new one where no round or no grain is left', () => {
    for (const lost of ['round', 'grain']) {
      const rest = stored.filter(({ name }) => name !== lost)
      expect(readPond(rest, 5)).toEqual(newPond(5))
    }
    expect(readPond([], 5)).toEqual(newPond(5))
  })

  it('[ARN10, ARN27] has its bots also where only people were stored', () => {
    const read = readPond(
      stored.filter(({ key }) => !key.startsWith('bot.')),
      1,
    )
    expect(read.boats.map(({ id, isBot }) => [id.startsWith('bot.'), isBot])).toEqual([
      [false, false],
      [false, false],
      [true, true],
      [true, true],
    ])
  })
})
