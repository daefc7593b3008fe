export { startRedis, type RedisServer } from './start-redis.ts'
