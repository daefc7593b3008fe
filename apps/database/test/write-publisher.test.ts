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
  return { database, ledger, told, broken, writes: new WritePublisher({ ledger, publish }) }
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

it('[DBS8, DBS9] what could not be published is published at the next start, and does not keep the others', async () => {
  await using fixture = fileFixture()
  const { database, ledger, told, broken, writes } = await start(fixture)
  for (const key of ['k3', 'k2', 'k1']) await changeOnce(database, write('ada', key))
  broken.add('k2')
  await expect(writes.publish(write('ada', 'k2'))).rejects.toThrow('k2 is broken')
  const errors: unknown[] = []
  const onError = (error: unknown): void => void errors.push(error)
  await writes.publishMissed(onError)
  expect([told, errors]).toEqual([['k3 1', 'k1 3'], [new Error('k2 is broken')]])
  expect((await ledger.unpublished()).map(({ key }) => key)).toEqual(['k2'])
  broken.clear()
  await writes.publishMissed(onError)
  await writes.publishMissed(onError)
  expect(told).toEqual(['k3 1', 'k1 3', 'k2 2'])
  expect(errors).toHaveLength(1)
})
