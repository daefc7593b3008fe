import { describe, expect, it } from 'vitest'
import { pondValues } from '../keeper/pond-values.ts'
import { readPond } from '../keeper/read-pond.ts'
import { pondOf, withBoat } from './ponds.ts'

const pond = withBoat({ ...pondOf('ada', 'bob'), tick: 500 }, 'ada', { score: 7, wins: 2, cargo: 3, seq: 40, vx: 12.5 })
const stored = pondValues(pond).map(({ name, payload }) => ({
  name,
  key: 'id' in payload ? String(payload.id) : '',
  payload: JSON.stringify(payload),
}))

describe('a pond that another node kept', () => {
  it('[ARN24] goes on as it was', () => {
    const { seed: _, ...rest } = pond
    expect(readPond(stored, 1)).toMatchObject(rest)
  })
})
