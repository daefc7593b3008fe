import { seriesBytes } from '@millrace/server'
import { expect, it } from 'vitest'
import { charts } from '../contract.ts'

it('[CHT21] prices take less than 400 MB, however long the market runs', () => {
  const { stepMs, stepRetentionMs, retentionMs, maxKeys, fields } = charts.rooms.market.series.price
  const plan = { stepMs, retentionMs, maxTracks: maxKeys * fields.length }
  expect([stepMs, stepRetentionMs, retentionMs]).toEqual([1_000, 7_200_000, 86_400_000])
  expect(seriesBytes({ ...plan, stepRetentionMs })).toBeLessThan(400_000_000)
  expect(seriesBytes(plan)).toBeGreaterThan(1_900_000_000)
})
