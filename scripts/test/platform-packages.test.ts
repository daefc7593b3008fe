import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findMissingPlatformPackages, type LockEntries } from '../platform-packages.ts'
import { repositoryRoot } from '../run-command.ts'

it('the lock file names the packages of every platform; if not: npm run complete-lock', () => {
  const lock = JSON.parse(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8')) as { packages: LockEntries }
  expect(findMissingPlatformPackages(lock.packages)).toEqual({})
})

it('describes what is missing by its name', () => {
  const optionalDependencies = {
    '@a/binding-linux-arm64-musl': '1.2.3',
    '@a/binding-linux-x64-gnu': '1.2.3',
    '@a/binding-win32-x64-msvc': '1.2.3',
    '@a/darwin-64': '1.2.3',
  }
  const entries = { 'node_modules/a': { dev: true, optionalDependencies }, 'node_modules/@a/binding-linux-x64-gnu': {} }
  expect(findMissingPlatformPackages(entries)).toEqual({
    'node_modules/@a/binding-linux-arm64-musl': {
      version: '1.2.3',
      cpu: ['arm64'],
      libc: ['musl'],
      os: ['linux'],
      dev: true,
      optional: true,
    },
    'node_modules/@a/binding-win32-x64-msvc': {
      version: '1.2.3',
      cpu: ['x64'],
      os: ['win32'],
      dev: true,
      optional: true,
    },
    'node_modules/@a/darwin-64': { version: '1.2.3', cpu: ['x64'], os: ['darwin'], dev: true, optional: true },
  })
})

it('finds packages nested beside or above the one that asks', () => {
  const asking = { optionalDependencies: { b: '1.0.0', c: '1.0.0' } }
  const entries = { 'node_modules/x/node_modules/a': asking, 'node_modules/x/node_modules/b': {}, 'node_modules/c': {} }
  expect(findMissingPlatformPackages(entries)).toEqual({})
})
