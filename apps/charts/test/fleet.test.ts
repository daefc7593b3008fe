import { expect, it } from 'vitest'
import { Fleet, type NodeFacts } from '../machine/fleet.ts'

const facts: NodeFacts = {
  name: 'node-1',
  host: 'host',
  pid: 1,
  startedAt: 0,
  cores: 2,
  totalMemoryBytes: 1e9,
  version: 'v20',
  watching: 2,
  seenAt: 1_000,
}
const value = (name: string, changes: Partial<NodeFacts> = {}) => ({
  name: 'node',
  key: name,
  payload: JSON.stringify({ ...facts, name, ...changes }),
})

it('[CHT6] a node whose facts are not renewed for 15 s has lapsed, whatever its clock says', () => {
  const fleet = new Fleet()
  fleet.hear([value('node-1'), value('node-2', { seenAt: 9e15 })], true, 0)
  fleet.hear([value('node-1', { seenAt: 2_000 })], false, 10_000)
  // Everything is read again: nothing in it is new.
  fleet.hear([value('node-1', { seenAt: 2_000 }), value('node-2', { seenAt: 9e15 })], true, 14_000)
  expect(fleet.lapsed(14_999)).toEqual([])
  expect(fleet.lapsed(15_000)).toEqual(['node-2'])
  expect(fleet.lapsed(25_000)).toEqual(['node-1', 'node-2'])
})

it('[CHT5] counts who watches, on all nodes that are there', () => {
  const fleet = new Fleet()
  fleet.hear([value('node-1'), value('node-2', { watching: 3 })], true, 0)
  expect(fleet.watching()).toBe(5)
  fleet.hear([{ name: 'node', key: 'node-1', payload: null }], false, 0)
  expect(fleet.watching()).toBe(3)
  fleet.hear([], true, 0)
  expect(fleet.watching()).toBe(0)
})

it('[CHT6] facts that are none are passed over', () => {
  const fleet = new Fleet()
  const bad = [new Uint8Array(3), '{}', 'null', JSON.stringify({ ...facts, watching: -1 })]
  fleet.hear(
    bad.map((payload, index) => ({ name: 'node', key: `bad-${index}`, payload })),
    true,
    0,
  )
  fleet.hear([{ ...value('node-1'), name: 'another' }], false, 0)
  expect(fleet.lapsed(60_000)).toEqual([])
})
