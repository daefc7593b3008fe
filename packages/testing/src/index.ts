export { manualClock, type ManualClock, type ManualClockOptions } from './manual-clock.ts'
export { seededRandom, type SeededRandom } from './seeded-random.ts'
