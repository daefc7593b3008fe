import { expect, test } from 'vitest'
import { coresOf } from '../pinning.ts'

test('the list of cores is read as taskset prints it', () => {
  expect(coresOf("pid 1's current affinity list: 0,1")).toEqual([0, 1])
  expect(coresOf("pid 1's current affinity list: 3")).toEqual([3])
  expect(coresOf("pid 1's current affinity list: 0-2,8-9")).toEqual([0, 1, 2, 8, 9])
})
