import { describe, expect, it } from 'vitest'
import type { CreateStoreFixture } from '../store-fixture.ts'

const minuteMs = 60_000

/** Every rule of request claims (docs/spec/storage.md) as tests of one implementation. */
export function requestClaimsSuite(name: string, createFixture: CreateStoreFixture): void {
  describe(`request claims: ${name}`, () => {
    it('[STO60] claims once, then answers what was settled', async () => {
      await using fixture = await createFixture()
      const { claims } = await fixture.open()
      const other = (await fixture.open()).claims
      const states = (await Promise.all([claims.claim('k', 4), other.claim('k', 4)])).map(({ state }) => state)
      // Which of two nodes comes first is the store's to say.
      expect(states.toSorted()).toEqual(['claimed', 'running'])
      const claimant = states[0] === 'claimed' ? claims : other
      expect(await claims.claim('k\0', 4)).toEqual({ state: 'claimed' })
      await claimant.settle('k', '{"ok":true,"data":"\u20ac"}')
      expect(await other.claim('k', 4)).toEqual({ state: 'settled', answer: '{"ok":true,"data":"\u20ac"}' })
      await claimant.settle('k', '{"ok":false}')
      expect(await claims.claim('k', 4)).toMatchObject({ answer: '{"ok":true,"data":"\u20ac"}' })
      await claims.settle('unknown', '1')
      expect(await claims.claim('unknown', 4)).toEqual({ state: 'claimed' })
    })

    it('[STO61] tells another input apart', async () => {
      await using fixture = await createFixture()
      const { claims } = await fixture.open()
      await claims.claim('k', 4)
      expect(await claims.claim('k', 5)).toEqual({ state: 'mismatch' })
      await claims.settle('k', '1')
      expect(await claims.claim('k', 5)).toEqual({ state: 'mismatch' })
    })

    it('[STO62] lets a released key be claimed again', async () => {
      await using fixture = await createFixture()
      const { claims } = await fixture.open()
      await claims.claim('k', 4)
      await claims.release('k')
      await claims.release('unknown')
      expect(await claims.claim('k', 5)).toEqual({ state: 'claimed' })
      await claims.settle('k', '1')
      await claims.release('k')
      expect(await claims.claim('k', 5)).toEqual({ state: 'settled', answer: '1' })
    })

    it('[STO63] forgets a claim after 5 minutes', async () => {
      await using fixture = await createFixture()
      const { claims } = await fixture.open()
      await claims.claim('k', 4)
      fixture.clock.advance(4 * minuteMs)
      await claims.settle('k', '1')
      fixture.clock.advance(minuteMs - 1)
      expect(await claims.claim('k', 4)).toEqual({ state: 'settled', answer: '1' })
      fixture.clock.advance(1)
      expect(await claims.claim('k', 4)).toEqual({ state: 'claimed' })
    })

    it('[STO64] loses what a closed node did not settle', async () => {
      await using fixture = await createFixture()
      const { claims } = await fixture.open()
      const closing = await fixture.open()
      await closing.claims.claim('settled', 4)
      await closing.claims.settle('settled', '1')
      await closing.claims.claim('lost', 4)
      await claims.claim('alive', 4)
      await closing.close()
      expect(await claims.claim('settled', 4)).toEqual({ state: 'settled', answer: '1' })
      expect(await claims.claim('lost', 4)).toEqual({ state: 'lost' })
      expect(await claims.claim('lost', 5)).toEqual({ state: 'mismatch' })
      expect(await claims.claim('alive', 4)).toEqual({ state: 'running' })
    })

    it('[STO67] forgets a settled claim that is needed no more, and no other', async () => {
      await using fixture = await createFixture()
      const { claims } = await fixture.open()
      await claims.claim('running', 1)
      await claims.claim('settled', 1)
      await claims.settle('settled', '1')
      for (const key of ['running', 'settled', 'unknown']) await claims.forget(key)
      expect(await claims.claim('running', 1)).toEqual({ state: 'running' })
      expect(await claims.claim('settled', 2)).toEqual({ state: 'claimed' })
      await claims.settle('settled', '2')
      expect(await claims.claim('settled', 2)).toEqual({ state: 'settled', answer: '2' })
    })
  })
}
