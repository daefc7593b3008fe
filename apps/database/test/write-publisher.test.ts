import { Ledger, WritePublisher, type Write } from '@millrace/app-database'
import { expect, it } from 'vitest'
import { fileFixture } from './file-fixture.ts'
import { changeOnce, tables, write, type DatabaseFixture } from './ledger-suite.ts'

async function start(fixture: DatabaseFixture) {
  const database = await fixture.open(tables)
  const ledger = new Ledger<number>(database)
  const told: string[] = []
  const broken = new Set<string>()
  const publish = async ({ key, answer }: Write & { readonly answer: number }): Promise<void> => {
    // Stored before it is told.
    expect(await ledger.isKnown(write('ada', key))).toBe(true)
    if (broken.has(key)) throw new Error(`${key} is broken`)
    told.push(`${key} ${answer}`)
  }
  const errors: unknown[] = []
  const onError = (error: unknown): void => void errors.push(error)
  return { database, ledger, told, broken, errors, writes: new WritePublisher({ ledger, publish, onError }) }
}

it('[DBS8] publishes a write that is stored, once', async () => {
  await using fixture = fileFixture()
  const { database, ledger, told, writes } = await start(fixture)
  await writes.publish(write('ada', 'never'))
  await changeOnce(database, write('ada', 'k1'))
  await changeOnce(database, write('ada', 'k2', 'door'))
  await writes.publish(write('ada', 'k1'))
  await changeOnce(database, write('ada', 'k1'))
  await writes.publish(write('ada', 'k1'))
  expect(told).toEqual(['k1 1'])
  await database.transact((tx) => ledger.forget(tx, write('ada', 'k2', 'door')))
  await writes.publish(write('ada', 'k2', 'door'))
  expect(told).toEqual(['k1 1'])
})

it('[DBS8, DBS13] a request makes its write and publishes it, under a key that can be an id', async () => {
  await using fixture = fileFixture()
  const { database, ledger, told, writes } = await start(fixture)
  const ask = (key: string | undefined) =>
    writes.run({ user: { id: 'ada' }, key }, (made) => changeOnce(database, { ...write('', ''), ...made }))
  expect([await ask('k_1-A'), await ask('k_1-A'), await ask('k'.repeat(64))]).toEqual([1, 1, 2])
  for (const key of ['', 'a key', '../k1', 'ключ', 'k'.repeat(65)])
    await expect(ask(key)).rejects.toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('draw') })
  expect([await ask(undefined), await ask(undefined)]).toEqual([3, 4])
  expect(told.map((line) => line.replace(/.* /, ''))).toEqual(['1', '2', '3', '4'])
  expect(await ledger.unpublished()).toEqual([])
})

it('[DBS8, DBS9] what could not be published is published at the next start, and does not keep the others', async () => {
  await using fixture = fileFixture()
  const { database, ledger, told, broken, errors, writes } = await start(fixture)
  for (const key of ['k3', 'k2', 'k1']) await changeOnce(database, write('ada', key))
  broken.add('k2')
  await expect(writes.publish(write('ada', 'k2'))).rejects.toThrow('k2 is broken')
  await writes.publishMissed()
  expect([told, errors]).toEqual([['k3 1', 'k1 3'], [new Error('k2 is broken')]])
  expect((await ledger.unpublished()).map(({ key }) => key)).toEqual(['k2'])
  broken.clear()
  await writes.publishMissed()
  await writes.publishMissed()
  expect(told).toEqual(['k3 1', 'k1 3', 'k2 2'])
  expect(errors).toHaveLength(1)
})

it('[DBS11] what was missed is told once something can be told again', async () => {
  await using fixture = fileFixture()
  const { database, ledger, told, broken, errors, writes } = await start(fixture)
  for (const key of ['k1', 'k2', 'k3', 'k4']) await changeOnce(database, write('ada', key))
  for (const key of ['k1', 'k2']) broken.add(key)
  for (const key of ['k1', 'k2']) await expect(writes.publish(write('ada', key))).rejects.toThrow(key)
  await writes.publish(write('ada', 'never'))
  expect(told).toEqual([])
  broken.delete('k1')
  await writes.publish(write('ada', 'k4'))
  expect(told).toEqual(['k4 4', 'k1 1', 'k3 3'])
  expect(errors).toEqual([new Error('k2 is broken')])
  expect((await ledger.unpublished()).map(({ key }) => key)).toEqual(['k2'])
})
