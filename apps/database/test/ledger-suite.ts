import { Ledger, ledgerTables, sql, type Database } from '@millrace/app-database'
import { describe, expect, it } from 'vitest'

/** One database under test. Disposing it closes what is open and removes the data. */
export interface DatabaseFixture extends AsyncDisposable {
  open(migrations: Readonly<Record<string, readonly string[]>>): Promise<Database>
  /** How many nodes may have it open at once. */
  readonly maxNodes: number
}

/** `n` counts the changes of a thing, which puts those who change it in a line. */
export const tables = {
  ...ledgerTables,
  '1-things': ['create table if not exists things (id text primary key, n integer not null)'],
}

export const write = (userId: string, key: string, subject = 'lamp', kind = 'switch') => ({
  userId,
  key,
  topic: 'room',
  subject,
  kind,
})

/** Changes a thing once. @returns How often it was changed. */
export function changeOnce(database: Database, details: ReturnType<typeof write>): Promise<number> {
  return new Ledger<number>(database).once(
    details,
    (tx) =>
      tx.all(sql`insert into things (id, n) values (${details.subject}, 1)
      on conflict (id) do update set n = things.n + 1`),
    (tx) => count(tx, details.subject),
  )
}

async function count(database: Database, id = 'lamp'): Promise<number> {
  return (await database.first<{ n: number }>(sql`select n from things where id = ${id}`))?.n ?? 0
}

const keysOf = (writes: readonly { readonly key: string }[]): string[] => writes.map(({ key }) => key)

export function ledgerSuite(name: string, createFixture: () => Promise<DatabaseFixture>): void {
  describe(`ledger: ${name}`, () => {
    it('[DBS3] makes a write once, whoever asks again, and when', async () => {
      await using fixture = await createFixture()
      const nodes = await Promise.all(Array.from({ length: fixture.maxNodes }, () => fixture.open(tables)))
      const each = Array.from({ length: 12 }, (_, at) => nodes[at % nodes.length] ?? nodes[0])
      const database = nodes[0] as Database
      const ledger = new Ledger<number>(database)
      expect(await ledger.isKnown(write('ada', 'k1'))).toBe(false)
      const answers = await Promise.all(each.map((node) => changeOnce(node as Database, write('ada', 'k1'))))
      expect(answers).toEqual(answers.map(() => 1))
      expect(await changeOnce(database, write('bob', 'k2'))).toBe(2)
      expect(await changeOnce(database, write('ada', 'k1'))).toBe(1)
      expect(await count(database)).toBe(2)
      expect([await ledger.isKnown(write('ada', 'k1')), await ledger.isKnown(write('bob', 'k1'))]).toEqual([
        true,
        false,
      ])
    })

    it('[DBS4] a write that fails stores nothing, and its key is free', async () => {
      await using fixture = await createFixture()
      const database = await fixture.open(tables)
      const ledger = new Ledger<number>(database)
      const change = (tx: Database) => tx.all(sql`insert into things (id, n) values ('lamp', 5)`)
      const refuse = () => Promise.reject(new Error('no'))
      await expect(ledger.once(write('ada', 'k1'), refuse, () => Promise.resolve(1))).rejects.toThrow('no')
      await expect(ledger.once(write('ada', 'k1'), change, refuse)).rejects.toThrow('no')
      expect([await count(database), await ledger.isKnown(write('ada', 'k1')), await ledger.unpublished()]).toEqual([
        0,
        false,
        [],
      ])
      expect(await changeOnce(database, write('bob', 'k1', 'door'))).toBe(1)
    })

    it('[DBS5] a key stands for one write of its user, and for one of its topic', async () => {
      await using fixture = await createFixture()
      const database = await fixture.open(tables)
      await changeOnce(database, write('ada', 'k1'))
      const invalid = { code: 'INVALID_INPUT', message: expect.stringContaining('k1') as string }
      await expect(changeOnce(database, write('ada', 'k1', 'door'))).rejects.toMatchObject(invalid)
      await expect(changeOnce(database, write('ada', 'k1', 'lamp', 'break'))).rejects.toMatchObject(invalid)
      const elsewhere = { ...write('ada', 'k1'), topic: 'cellar' }
      await expect(changeOnce(database, elsewhere)).rejects.toMatchObject(invalid)
      await expect(changeOnce(database, write('bob', 'k1'))).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect(await changeOnce(database, { ...elsewhere, userId: 'bob' })).toBe(2)
    })

    it('[DBS6] what is unpublished comes in the order of its topic, until it is noted', async () => {
      await using fixture = await createFixture()
      const nodes = await Promise.all(Array.from({ length: fixture.maxNodes }, () => fixture.open(tables)))
      const ledger = new Ledger<number>(nodes[0] as Database)
      // From the last key to the first, so that no order is that of the keys.
      const keys = Array.from({ length: 20 }, (_, at) => `k${99 - at}`)
      const change = (key: string, at: number) =>
        changeOnce(nodes[at % nodes.length] as Database, write(['ada', 'bob'][at % 2] ?? '', key))
      const answers = await Promise.all(keys.map(change))
      const unpublished = await ledger.unpublished()
      expect(unpublished.map(({ answer }) => answer)).toEqual(keys.map((_, at) => at + 1))
      const byTurn = keys.toSorted((a, b) => (answers[keys.indexOf(a)] ?? 0) - (answers[keys.indexOf(b)] ?? 0))
      expect(keysOf(unpublished)).toEqual(byTurn)
      const [first, second, ...rest] = unpublished
      if (first) await ledger.notePublished(first)
      expect(await ledger.unpublished(first)).toEqual([])
      expect(await ledger.unpublished(second)).toEqual([second])
      const later = { ...write('eve', 'a'), kind: 'later' }
      const answer = await changeOnce(nodes[0] as Database, later)
      const last = { userId: 'eve', key: 'a', topic: 'room', answer }
      expect(await ledger.unpublished()).toEqual([second, ...rest, last])
    })

    it('[DBS7] what is forgotten leaves nothing behind, and nobody is told of it', async () => {
      await using fixture = await createFixture()
      const database = await fixture.open(tables)
      const ledger = new Ledger<number>(database)
      await changeOnce(database, write('ada', 'k1'))
      await changeOnce(database, write('ada', 'k2', 'door'))
      await changeOnce(database, write('ada', 'k3'))
      const removal = write('bob', 'k4', 'lamp', 'remove')
      const remove = async (tx: Database) => {
        await tx.all(sql`update things set n = -1 where id = 'lamp'`)
        await ledger.forget(tx, removal)
      }
      expect(await ledger.once(removal, remove, count)).toBe(-1)
      expect((await ledger.unpublished()).map(({ key, answer }) => [key, answer])).toEqual([
        ['k2', 1],
        ['k4', -1],
      ])
      for (const again of [write('ada', 'k1'), write('ada', 'k3'), removal])
        expect(await changeOnce(database, again)).toBe(-1)
      expect(await database.all(sql`select key from ledger where subject = 'lamp' and answer is not null`)).toEqual([
        { key: 'k4' },
      ])
    })

    it('[DBS1] each migration runs once, also of nodes that open at once, and of parts that came later', async () => {
      await using fixture = await createFixture()
      const nodes = await Promise.all(
        Array.from({ length: fixture.maxNodes }, () =>
          fixture.open({ ...tables, '2-lamp': ["insert into things (id, n) values ('lamp', 7)"] }),
        ),
      )
      expect(await Promise.all(nodes.map((node) => count(node)))).toEqual(nodes.map(() => 7))
      await Promise.all(nodes.map((node) => node.close()))
      const again = await fixture.open({
        ...tables,
        '2-lamp': ["insert into things (id, n) values ('lamp', 7)"],
        '1-things-door': ["insert into things (id, n) values ('door', 8)"],
      })
      expect([await count(again), await count(again, 'door')]).toEqual([7, 8])
    })
  })
}
