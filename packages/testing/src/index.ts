// Time and chance
export { manualClock, type ManualClock, type ManualClockOptions } from './manual-clock.ts'
export { seededRandom, type SeededRandom } from './seeded-random.ts'

// A store under test, and the suites of its ports
export { createStoreFixture } from './store-fixture.ts'
export type { CreateStoreFixture, StoreFixture, StoreFixtureOptions, StoreLimits } from './store-fixture.ts'
export { appendOf, faultsOf, readEntries } from './suites/log-fixtures.ts'
export { busSuite } from './suites/bus-suite.ts'
export { eventLogSuite } from './suites/event-log-suite.ts'
export { eventLogModelSuite } from './suites/event-log-model-suite.ts'
export { keyedStateSuite } from './suites/keyed-state-suite.ts'
export { presenceSuite } from './suites/presence-suite.ts'
export { requestClaimsSuite } from './suites/request-claims-suite.ts'
export { storeLimitsSuite } from './suites/store-limits-suite.ts'
export { storeSuite } from './suites/store-suite.ts'
