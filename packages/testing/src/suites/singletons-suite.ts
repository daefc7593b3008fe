import { describe, expect, it } from 'vitest'
import type { CreateStoreFixture } from '../store-fixture.ts'

const holdMs = 9_000

/** The rules of holds (docs/spec/singleton.md) as tests of one implementation. */
export function singletonsSuite(name: string, createFixture: CreateStoreFixture): void {
  describe(`singletons: ${name}`, () => {
    it('[SNG1] has one holder, until the hold lapses', async () => {
      await using fixture = await createFixture()
      const one = (await fixture.open()).singletons
      const two = (await fixture.open()).singletons
      const taken = await Promise.all([one.hold('market', 'a', holdMs), two.hold('market', 'b', holdMs)])
      expect(taken.filter((isTaken) => isTaken)).toHaveLength(1)
      const [holder, other] = taken[0] ? ['a', 'b'] : ['b', 'a']
      fixture.clock.advance(holdMs - 10)
      expect(await two.hold('market', String(other), holdMs)).toBe(false)
      expect(await two.hold('market', String(holder), holdMs)).toBe(true)
      fixture.clock.advance(holdMs - 10)
      expect(await one.hold('market', String(other), holdMs)).toBe(false)
      fixture.clock.advance(20)
      expect(await one.hold('market', String(other), holdMs)).toBe(true)
      expect(await one.hold('market', String(holder), holdMs)).toBe(false)
    })

    it('[SNG2] frees a name that its holder releases, and no other', async () => {
      await using fixture = await createFixture()
      const { singletons } = await fixture.open()
      expect(await singletons.hold('market', 'a', holdMs)).toBe(true)
      expect(await singletons.hold('market ', 'b', holdMs)).toBe(true)
      await singletons.release('market', 'b')
      expect(await singletons.hold('market', 'b', holdMs)).toBe(false)
      await singletons.release('market', 'a')
      await singletons.release('market', 'a')
      expect(await singletons.hold('market', 'b', holdMs)).toBe(true)
      expect(await singletons.hold('market ', 'a', holdMs)).toBe(false)
    })

    it('[SNG3] is refused once closed', async () => {
      await using fixture = await createFixture()
      const store = await fixture.open()
      await store.close()
      for (const refused of [store.singletons.hold('market', 'a', holdMs), store.singletons.release('market', 'a')])
        await expect(refused).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    })
  })
}
