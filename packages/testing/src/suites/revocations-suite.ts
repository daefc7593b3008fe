import { maxRevocations, revocationKeptMs } from '@millrace/server'
import { describe, expect, it } from 'vitest'
import type { CreateStoreFixture } from '../store-fixture.ts'

/** The rules of the list of revocations (docs/spec/revocation.md) as tests of one implementation. */
export function revocationsSuite(name: string, createFixture: CreateStoreFixture): void {
  describe(`revocations: ${name}`, () => {
    it('[REV1, REV2] lists each user once, by versions that grow on every node', async () => {
      await using fixture = await createFixture()
      const one = (await fixture.open()).revocations
      const two = (await fixture.open()).revocations
      expect(await one.since()).toEqual({ version: 0, users: [], forgotten: 0 })
      const first = await one.add('ada')
      const second = await two.add('bob \u20ac')
      const third = await one.add('ada')
      expect([second > first, third > second]).toEqual([true, true])
      expect(await two.since(0)).toEqual({
        version: third,
        users: [
          { userId: 'bob \u20ac', version: second },
          { userId: 'ada', version: third },
        ],
        forgotten: 0,
      })
      expect((await two.since(second)).users).toEqual([{ userId: 'ada', version: third }])
      expect(await one.since(third)).toEqual({ version: third, users: [], forgotten: 0 })
      expect(await one.since()).toEqual({ version: third, users: [], forgotten: 0 })
    })

    it('[REV3] lists a revocation for an hour, and says what it forgot', async () => {
      await using fixture = await createFixture()
      const { revocations } = await fixture.open()
      const old = await revocations.add('ada')
      fixture.clock.advance(100)
      const second = await revocations.add('bob')
      fixture.clock.advance(revocationKeptMs - 150)
      const third = await revocations.add('cy')
      expect(await revocations.since(0)).toMatchObject({ users: { length: 3 }, forgotten: 0 })
      fixture.clock.advance(100)
      const fourth = await revocations.add('dan')
      expect(await revocations.since(0)).toEqual({
        version: fourth,
        users: [
          { userId: 'bob', version: second },
          { userId: 'cy', version: third },
          { userId: 'dan', version: fourth },
        ],
        forgotten: old,
      })
    })

    it(`[REV3] lists ${maxRevocations} users at most, the newest`, async () => {
      await using fixture = await createFixture()
      const { revocations } = await fixture.open()
      const oldest = await revocations.add('oldest')
      for (let added = 0; added < maxRevocations; added += 1_000)
        await Promise.all(Array.from({ length: 1_000 }, (_, index) => revocations.add(`user ${added + index}`)))
      const { users, forgotten } = await revocations.since(0)
      expect([users.length, users[0]?.userId, forgotten]).toEqual([maxRevocations, 'user 0', oldest])
    })

    it('[REV4] is refused once closed', async () => {
      await using fixture = await createFixture()
      const store = await fixture.open()
      await store.close()
      for (const refused of [store.revocations.add('ada'), store.revocations.since(0)])
        await expect(refused).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    })
  })
}
