import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findMissingPlatformPackages, type LockEntries } from './platform-packages.ts'
import { repositoryRoot } from './run-command.ts'

const file = join(repositoryRoot, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: LockEntries }
const missing = findMissingPlatformPackages(lock.packages)
// The order of npm, so that its next write changes nothing else.
const sorted = Object.entries({ ...lock.packages, ...missing }).toSorted(([a], [b]) => a.localeCompare(b, 'en'))
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`)
console.log(`${Object.keys(missing).length} packages of other platforms added to package-lock.json`)
