export { redis, type RedisProvider, type RedisStore } from './redis-store.ts'
export type { RedisOptions } from './redis-options.ts'
