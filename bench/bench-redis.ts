import { execFileSync } from 'node:child_process'
import { startRedis, type RedisServer } from '@millrace/testing/faults'

/** It never comes, and keeps Millrace from warning in every run that nothing is saved. */
const savePoint = ['--save', '86400 1000000000']

/** A Redis that writes nothing to its disk, of `MILLRACE_REDIS` or the PATH, on one core. */
export async function startBenchRedis(core: number | undefined): Promise<RedisServer> {
  process.env['MILLRACE_REDIS'] ||= 'redis-server'
  const server = await startRedis(savePoint)
  if (core !== undefined) execFileSync('taskset', ['-acp', String(core), String(server.pid)], { stdio: 'ignore' })
  return server
}
