import { describe, expect, it } from 'vitest'
import { settingsOf } from '../src/redis-options.ts'
import { probeTiming, SubscriptionHealth, type HealthStep } from '../src/subscription-health.ts'

const wait = (ms: number): HealthStep => ({ kind: 'wait', ms })
const probe: HealthStep = { kind: 'probe' }
const replace: HealthStep = { kind: 'replace' }

/** A connection that delivered its first probe at 0. */
function proven(): SubscriptionHealth {
  const health = new SubscriptionHealth(probeTiming)
  health.probed(0)
  health.answered(0)
  health.heard(0)
  return health
}

describe('the health of a subscription connection', () => {
  it('[RDS50] is probed after 3 s, and thrown away when two probes of 2 s each were missed', () => {
    const health = proven()
    expect(health.step(0)).toEqual(wait(3_000))
    expect(health.step(2_999)).toEqual(wait(1))
    expect(health.step(3_000)).toEqual(probe)
    health.probed(3_000)
    health.answered(3_001)
    expect(health.step(3_001)).toEqual(wait(1_999))
    expect(health.step(5_000)).toEqual(probe)
    health.probed(5_000)
    expect(health.step(6_999)).toEqual(wait(1))
    expect(health.step(7_000)).toEqual(replace)
  })

  it('[RDS50] lives by any message, also one that comes after a missed probe', () => {
    const health = proven()
    health.probed(3_000)
    expect(health.step(5_000)).toEqual(probe)
    health.probed(5_000)
    health.answered(5_001)
    health.heard(5_500)
    expect(health.step(7_000)).toEqual(wait(1_001))
    health.heard(8_000)
    expect(health.step(8_001)).toEqual(probe)
    health.probed(8_001)
    // One miss is not two: the one before was answered.
    expect(health.step(10_001)).toEqual(probe)
  })

  it('[RDS50] is not given up for what was missed while the process was frozen', () => {
    const health = proven()
    health.probed(3_000)
    expect(health.step(63_000)).toEqual(probe)
    health.probed(63_000)
    health.answered(63_001)
    health.heard(63_002)
    expect(health.step(63_002)).toEqual(wait(2_999))
  })

  it('[RDS52] counts for 5 s after both directions were proven', () => {
    const health = new SubscriptionHealth(probeTiming)
    health.probed(0)
    health.heard(0)
    expect(health.isHealthy(0)).toBe(false)
    health.answered(0)
    expect([health.isHealthy(5_000), health.isHealthy(5_001)]).toEqual([true, false])
    health.heard(4_000)
    // It hears, but nobody knows whether Redis takes what is sent.
    expect([health.isHealthy(5_001), health.step(5_001)]).toEqual([false, probe])
  })

  it('[RDS50, RDS61] has the promised times where nothing else is set', () => {
    const { health } = settingsOf({ url: 'redis://localhost' }, undefined)
    expect(health).toEqual({ idleMs: 3_000, deadlineMs: 2_000, compareMs: 10_000 })
  })
})
