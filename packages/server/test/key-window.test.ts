import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { KeyWindow, Remembered } from '../src/memory/key-window.ts'

class Key extends Remembered<Key> {}

function collectGarbage(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}

it('[P6] what was forgotten takes no memory, however many keys came and went', () => {
  const window = new KeyWindow<Key>({ windowMs: 1_000_000_000, maxKeys: 1_000 })
  const comeAndGo = (from: number, to: number): void => {
    for (let index = from; index < to; index++) {
      window.get(`key ${index}`, index)
      window.add(new Key(`key ${index}`, window.expiryOf(index)))
      if (index >= 500) window.delete(`key ${index - 500}`)
    }
  }
  comeAndGo(0, 20_000)
  const before = collectGarbage()
  comeAndGo(20_000, 220_000)
  expect(collectGarbage() - before).toBeLessThan(2_000_000) // 200,000 keys that were kept would be 20 MB
  expect(window.oldest?.key).toBe('key 219500')
})
