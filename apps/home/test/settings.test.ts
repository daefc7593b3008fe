import { expect, it } from 'vitest'
import { readSettings } from '../settings.ts'

it('[APP5] has a default for every setting, also where a variable is empty', () => {
  const defaults = {
    port: 3000,
    host: undefined,
    dataFolder: '.data',
    publicOrigin: undefined,
    trustProxy: false,
    redisUrl: undefined,
    nodeName: undefined,
    sessionSecret: undefined,
    databaseUrl: undefined,
    logLevel: 'warn',
    isProduction: false,
  }
  expect(readSettings({})).toEqual(defaults)
  const names =
    'PORT HOST DATA_DIR PUBLIC_ORIGIN TRUST_PROXY REDIS_URL NODE_NAME SESSION_SECRET DATABASE_URL LOG_LEVEL'.split(' ')
  expect(readSettings(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(defaults)
})

it('[APP5] reads what is set', () => {
  const env = {
    PORT: '0',
    HOST: '::1',
    DATA_DIR: 'data',
    PUBLIC_ORIGIN: 'https://chat.example.com/',
    TRUST_PROXY: 'true',
    REDIS_URL: 'rediss://:secret@redis.example.com:6380',
    NODE_NAME: 'node-2',
    SESSION_SECRET: 'x'.repeat(32),
    DATABASE_URL: 'postgresql://ada:secret@localhost:5432/chat',
    LOG_LEVEL: 'debug',
    NODE_ENV: 'production',
  }
  expect(readSettings(env)).toEqual({
    port: 0,
    host: '::1',
    dataFolder: 'data',
    publicOrigin: 'https://chat.example.com',
    trustProxy: true,
    redisUrl: 'rediss://:secret@redis.example.com:6380',
    nodeName: 'node-2',
    sessionSecret: 'x'.repeat(32),
    databaseUrl: 'postgresql://ada:secret@localhost:5432/chat',
    logLevel: 'debug',
    isProduction: true,
  })
})

it.each([
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '3e3'],
  ['PORT', 'http'],
  ['PUBLIC_ORIGIN', 'chat.example.com'],
  ['PUBLIC_ORIGIN', 'https://chat.example.com/chat'],
  ['PUBLIC_ORIGIN', 'ftp://chat.example.com'],
  ['TRUST_PROXY', 'yes'],
  ['LOG_LEVEL', 'all'],
])('[APP5] refuses %s=%s in one sentence that names it', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^${name} is "${value}"; set it to [^.]+`))
})

it.each([
  ['SESSION_SECRET', 'too short a secret'],
  ['DATABASE_URL', 'mysql://ada:secret@localhost/chat'],
  ['DATABASE_URL', 'ada:secret@localhost'],
  ['REDIS_URL', 'ada:secret@localhost:6379'],
  ['REDIS_URL', 'http://ada:secret@localhost'],
])('[APP5] refuses %s without showing what is in it', (name, value) => {
  const read = () => readSettings({ ...shared, [name]: value })
  expect(read).toThrow(new RegExp(`^${name} [^.]+; set it to [^.]+$`))
  expect(read).not.toThrow(/secret@|too short/)
})

const shared = {
  REDIS_URL: 'redis://:secret@localhost',
  SESSION_SECRET: 'x'.repeat(32),
  DATABASE_URL: 'postgres://ada:secret@localhost/chat',
}

it.each(['SESSION_SECRET', 'DATABASE_URL'])('[APP47] a node of a cluster needs a %s, and says so', (name) => {
  expect(readSettings(shared)).toMatchObject({ redisUrl: shared.REDIS_URL })
  const read = () => readSettings({ ...shared, [name]: '' })
  expect(read).toThrow(
    new RegExp(`^${name} is missing, and REDIS_URL makes this one node of several; set it to [^.]+$`),
  )
  expect(read).not.toThrow(/:secret@/)
})
