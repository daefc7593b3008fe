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
      const states = (await Promise.all([claims.claim('k', 'd'), other.claim('k', 'd')])).map(({ state }) => state)
      expect(states).toEqual(['claimed', 'running'])
      expect(await claims.claim('k\0', 'd')).toEqual({ state: 'claimed' })
      await claims.settle('k', '{"ok":true,"data":"\u20ac"}')
      expect(await other.claim('k', 'd')).toEqual({ state: 'settled', answer: '{"ok":true,"data":"\u20ac"}' })
      await claims.settle('k', '{"ok":false}')
      expect(await claims.claim('k', 'd')).toMatchObject({ answer: '{"ok":true,"data":"\u20ac"}' })
      await claims.settle('unknown', '1')
      expect(await claims.claim('unknown', 'd')).toEqual({ state: 'claimed' })
    })

    it('[STO61] tells another input apart', async () => {
      await using fixture = await createFixture()
      const { claims } = await fixture.open()
      await claims.claim('k', 'd')
      expect(await claims.claim('k', 'other')).toEqual({ state: 'mismatch' })
      await claims.settle('k', '1')
      expect(await claims.claim('k', 'other')).toEqual({ state: 'mismatch' })
    })

    it('[STO62] lets a released key be claimed again', async () => {
      await using fixture = await createFixture()
      const { claims } = await fixture.open()
      await claims.claim('k', 'd')
      await claims.release('k')
      await claims.release('unknown')
      expect(await claims.claim('k', 'other')).toEqual({ state: 'claimed' })
      await claims.settle('k', '1')
      await claims.release('k')
      expect(await claims.claim('k', 'other')).toEqual({ state: 'settled', answer: '1' })
    })

    it('[STO63] forgets a claim after 5 minutes', async () => {
      await using fixture = await createFixture()
      const { claims } = await fixture.open()
      await claims.claim('k', 'd')
      fixture.clock.advance(4 * minuteMs)
      await claims.settle('k', '1')
      fixture.clock.advance(minuteMs - 1)
      expect(await claims.claim('k', 'd')).toEqual({ state: 'settled', answer: '1' })
      fixture.clock.advance(1)
      expect(await claims.claim('k', 'd')).toEqual({ state: 'claimed' })
    })

    it('[STO64] loses what a closed node did not settle', async () => {
      await using fixture = await createFixture()
      const { claims } = await fixture.open()
      const closing = await fixture.open()
      await closing.claims.claim('settled', 'd')
      await closing.claims.settle('settled', '1')
      await closing.claims.claim('lost', 'd')
      await claims.claim('alive', 'd')
      await closing.close()
      expect(await claims.claim('settled', 'd')).toEqual({ state: 'settled', answer: '1' })
      expect(await claims.claim('lost', 'd')).toEqual({ state: 'lost' })
      expect(await claims.claim('lost', 'other')).toEqual({ state: 'mismatch' })
      expect(await claims.claim('alive', 'd')).toEqual({ state: 'running' })
    })
  })
}
