import { Redis } from 'ioredis'

/** User and system time of a Redis so far, microseconds. */
export async function redisCpuMicros(url: string): Promise<number> {
  const redis = new Redis(url)
  try {
    const info = await redis.info('cpu')
    return (secondsOf(info, 'used_cpu_user') + secondsOf(info, 'used_cpu_sys')) * 1e6
  } finally {
    redis.disconnect()
  }
}

function secondsOf(info: string, name: string): number {
  const seconds = Number(new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1])
  if (Number.isNaN(seconds)) throw new Error(`Redis does not tell ${name}; take Redis 7`)
  return seconds
}
