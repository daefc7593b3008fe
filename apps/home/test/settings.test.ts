import { expect, it } from 'vitest'
import { readSettings } from '../settings.ts'

it('[APP5] has a default for every setting, also where a variable is empty', () => {
  const defaults = { port: 3000, host: undefined, dataFolder: '.data', publicOrigin: undefined, trustProxy: false }
  expect(readSettings({})).toEqual(defaults)
  expect(readSettings({ PORT: '', HOST: '', DATA_DIR: '', PUBLIC_ORIGIN: '', TRUST_PROXY: '' })).toEqual(defaults)
})

it('[APP5] reads what is set', () => {
  const env = {
    PORT: '0',
    HOST: '::1',
    DATA_DIR: 'data',
    PUBLIC_ORIGIN: 'https://chat.example.com/',
    TRUST_PROXY: 'true',
  }
  expect(readSettings(env)).toEqual({
    port: 0,
    host: '::1',
    dataFolder: 'data',
    publicOrigin: 'https://chat.example.com',
    trustProxy: true,
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
])('[APP5] refuses %s=%s in one sentence that names it', (name, value) => {
  expect(() => readSettings({ [name]: value })).toThrow(new RegExp(`^${name} is "${value}"; set it to [^.]+`))
})
