import { describe, expect, it } from 'vitest'
import { SerialQueue } from '../src/pipeline/serial-queue.ts'

describe('SerialQueue', () => {
  it('[PIP26] runs at once what finds it empty, and the rest one after another', async () => {
    const queue = new SerialQueue()
    const log: string[] = []
    let release = (): void => undefined
    expect(queue.run(() => 'at once')).toBe('at once')
    const first = queue.run(() => new Promise<string>((resolve) => (release = () => resolve('first'))))
    const rest = ['second', 'third'].map((name) => queue.run(() => (log.push(name), name)))
    expect(log).toEqual([])
    release()
    expect(await Promise.all([first, ...rest])).toEqual(['first', 'second', 'third'])
    expect(log).toEqual(['second', 'third'])
  })

  it('[PIP28] goes on after a task that throws or rejects, and gives the fault to its caller', async () => {
    const queue = new SerialQueue()
    const fault = new Error('fault')
    const throwing = (): never => {
      throw fault
    }
    expect(() => queue.run(throwing)).toThrow(fault)
    const rejected = queue.run(() => Promise.reject(fault))
    const thrown = queue.run(throwing)
    const last = queue.run(() => 'last')
    await expect(rejected).rejects.toBe(fault)
    await expect(thrown).rejects.toBe(fault)
    expect(await last).toBe('last')
    expect(queue.run(() => 'at once')).toBe('at once')
  })

  it('[PIP28] a task that queues another does not wait for itself', async () => {
    const queue = new SerialQueue()
    let inner: unknown
    expect(queue.run(() => ((inner = queue.run(() => 'inner')), 'outer'))).toBe('outer')
    expect(await inner).toBe('inner')
  })

  it('[PIP26] ten thousand tasks that end at once need no deeper stack than one', async () => {
    const queue = new SerialQueue()
    const first = queue.run(() => Promise.resolve(0))
    const rest = Array.from({ length: 10_000 }, (_, index) => queue.run(() => index) as Promise<number>)
    await first
    expect((await Promise.all(rest)).at(-1)).toBe(9_999)
  })
})
