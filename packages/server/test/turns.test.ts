import { expect, it } from 'vitest'
import { Turns } from '../src/turns.ts'

it('[DEL68] sixteen go on in each turn, in the order in which they came', async () => {
  const turns: (() => void)[] = []
  const regulator = new Turns({ defer: (run) => void turns.push(run) })
  const passed: number[] = []
  for (let index = 0; index < 40; index++) void regulator.next().then(() => passed.push(index))
  const passedInTurn = async (): Promise<number> => {
    const before = passed.length
    for (const run of turns.splice(0)) run()
    await Promise.resolve()
    return passed.length - before
  }
  expect(passed).toEqual([])
  expect([await passedInTurn(), await passedInTurn(), await passedInTurn()]).toEqual([16, 16, 8])
  expect(passed).toEqual(Array.from({ length: 40 }, (_, index) => index))
  expect(turns).toEqual([])
  void regulator.next().then(() => passed.push(40))
  regulator.close()
  expect(await passedInTurn()).toBe(0)
})
