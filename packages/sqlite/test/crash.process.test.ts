import { copyFileSync, statSync, truncateSync } from 'node:fs'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { defaultHistory, type Position } from '@millrace/contract'
import { sqlite } from '@millrace/sqlite'
import type { Entry, Store } from '@millrace/server'
import { readEntries, seededRandom } from '@millrace/testing'
import { startWriter, writeUntilKilled, writeUntilRefused, type Line } from './fixtures/killed-writer.ts'
import { systemContext } from '@millrace/testing'
import { temporaryFolder } from './fixtures/temporary-folder.ts'

const rooms = ['room 0', 'room 1', 'room 2']

function pick<K extends Line['kind']>(lines: readonly Line[], kind: K): Extract<Line, { kind: K }>[] {
  return lines.filter((line): line is Extract<Line, { kind: K }> => line.kind === kind)
}

function expectChain(entries: readonly Entry[]): void {
  let before = { offset: 0, id: '' }
  for (const entry of entries) {
    expect([entry.offset, entry.prev]).toEqual([before.offset + 1, before.id])
    before = entry
  }
}

async function expectAcknowledged(
  store: Store,
  lines: readonly Line[],
  payloads: ReadonlyMap<string, string>,
): Promise<void> {
  for (const room of rooms) {
    const entries = await readEntries(store.log, room)
    expectChain(entries)
    const byKey = new Map(entries.map((entry) => [entry.key, entry]))
    expect(byKey.size).toBe(entries.length)
    for (const { key, payload } of entries) expect(payload).toBe(payloads.get(key ?? ''))
    const stored = pick(lines, 'stored').filter((line) => line.room === room)
    expect(stored.map(({ key }) => positionOf(byKey.get(key)))).toEqual(stored.map(({ position }) => position))
  }
}

function positionOf(entry: Entry | undefined): Position | undefined {
  return entry && { epoch: entry.epoch, offset: entry.offset, id: entry.id }
}

async function retryAll(store: Store, lines: readonly Line[]): Promise<number> {
  const stored = new Map(pick(lines, 'stored').map(({ key, position }) => [key, position]))
  const sent = pick(lines, 'sent')
  const retries = sent.map(async ({ room, key, payload }) => {
    const append = { name: 'message', payload, key, from: `user ${key.split(' ')[1]}`, history: defaultHistory }
    const retried = await store.log.append(room, append)
    const first = stored.get(key)
    if (first !== undefined) expect(retried).toMatchObject({ position: first, duplicate: true })
  })
  await Promise.all(retries)
  return sent.length - stored.size
}

describe('a killed process', () => {
  it('[STO80] loses nothing that was acknowledged, and a retry changes nothing', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const random = seededRandom(80)
    const lines: Line[] = []
    const payloads = new Map<string, string>()
    for (let cycle = 0; cycle < 4; cycle++) {
      const said = await writeUntilKilled(file, cycle, 100 + random.integer(900))
      lines.push(...said)
      for (const { key, payload } of pick(said, 'sent')) payloads.set(key, payload)
      const store = await sqlite({ file }).open(systemContext())
      await expectAcknowledged(store, lines, payloads)
      expect(await retryAll(store, said)).toBeGreaterThanOrEqual(20) // that many were in flight
      await expectAcknowledged(store, lines, payloads)
      await expectState(store, said)
      await expectClaims(store, said)
      await store.close()
    }
  })

  it('[STO84] leaves a beginning of each history where the end of the WAL is lost', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const random = seededRandom(84)
    const lines = await writeUntilKilled(file, 0, 1_000)
    const payloads = new Map(pick(lines, 'sent').map(({ key, payload }) => [key, payload]))
    for (let cut = 0; cut < 5; cut++) {
      const copy = folder.file(`copy ${cut}.db`)
      copyFileSync(file, copy)
      copyFileSync(`${file}-wal`, `${copy}-wal`)
      truncateSync(`${copy}-wal`, random.integer(statSync(`${file}-wal`).size))
      const store = await sqlite({ file: copy }).open(systemContext())
      for (const room of rooms) await expectBeginning(store, room, lines, payloads)
      await store.close()
    }
  })

  it('[STO93] loses nothing that was acknowledged where the disk fails', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const lines = await writeUntilRefused(file, 512 * 2_000)
    const refusals = pick(lines, 'refused')
    expect(refusals.length).toBeGreaterThan(0)
    for (const { code, message } of refusals) {
      expect(['OUTCOME_UNKNOWN', 'UNAVAILABLE']).toContain(code)
      expect(message).toContain(`the disk that holds ${file} fails to read or write; check the disk`)
    }
    const store = await sqlite({ file }).open(systemContext())
    await expectAcknowledged(store, lines, new Map(pick(lines, 'sent').map(({ key, payload }) => [key, payload])))
    await store.close()
  })

  it('[STO82] shares its file with nobody while it lives', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const child = startWriter(file, 0)
    await once(child.stdout, 'data')
    await expect(sqlite({ file }).open(systemContext())).rejects.toThrow(
      `${file} is in use by another server; stop it, or choose another file`,
    )
    child.kill('SIGKILL')
    await once(child, 'exit')
    const store = await sqlite({ file }).open(systemContext())
    await store.close()
  })
})

async function expectState(store: Store, lines: readonly Line[]): Promise<void> {
  for (const room of rooms) {
    const state = await store.state.read(room)
    const written = pick(lines, 'written').filter((line) => line.room === room)
    expect(state.version).toBeGreaterThanOrEqual(Math.max(...written.map(({ position }) => position.version)))
    for (const { worker, turn } of written) {
      const value = state.values.find(({ key }) => key === `${worker}`)
      expect(Number(value?.payload)).toBeGreaterThanOrEqual(turn)
    }
  }
}

async function expectClaims(store: Store, lines: readonly Line[]): Promise<void> {
  const settled = new Map(pick(lines, 'settled').map(({ key, answer }) => [key, answer]))
  const claims = pick(lines, 'claim').map(async ({ key }) => {
    const claim = await store.claims.claim(key, 4)
    const answer = settled.get(key)
    if (answer !== undefined) expect(claim).toEqual({ state: 'settled', answer })
    else expect(['lost', 'settled']).toContain(claim.state) // settled: the process died before it could say so
  })
  await Promise.all(claims)
}

async function expectBeginning(
  store: Store,
  room: string,
  lines: readonly Line[],
  payloads: ReadonlyMap<string, string>,
): Promise<void> {
  const entries = await readEntries(store.log, room)
  expectChain(entries)
  for (const { key, payload } of entries) expect(payload).toBe(payloads.get(key ?? ''))
  const positions = pick(lines, 'stored')
    .filter((line) => line.room === room)
    .map(({ position }) => position)
  const append = { name: 'message', payload: '"new"', key: null, from: null, history: defaultHistory }
  const { position: added } = await store.log.append(room, append)
  expect(positions.map(({ id }) => id)).not.toContain(added.id)
  const kept = new Set(entries.map(({ id, epoch }) => `${epoch} ${id}`))
  const reads = positions.map(async (position) => {
    const page = await store.log.read(room, { direction: 'after', position, limit: 1, maxBytes: 1 })
    expect(page.kind).toBe(kept.has(`${position.epoch} ${position.id}`) ? 'page' : 'gap')
  })
  await Promise.all(reads)
}
