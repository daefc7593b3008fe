import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { keepSessionSecret } from '../session-secret.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'millrace-secret-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

it('[APP36] makes a secret once, which only this user may read', async () => {
  const data = folder()
  const secret = await keepSessionSecret(data)
  expect(secret.byteLength).toBe(43)
  expect(statSync(join(data, 'session-secret')).mode & 0o777).toBe(0o600)
  expect(await keepSessionSecret(data)).toEqual(secret)
  expect(await keepSessionSecret(folder())).not.toEqual(secret)
})

it('[APP36] takes no secret that is too short, and leaves the file', async () => {
  const data = folder()
  const file = join(data, 'session-secret')
  writeFileSync(file, 'short\n')
  await expect(keepSessionSecret(data)).rejects.toThrow(`${file} holds less than 32 characters; delete it`)
  expect(readFileSync(file, 'utf8')).toBe('short\n')
})

it('[APP36] says in one sentence that the file cannot be made', async () => {
  const missing = join(folder(), 'missing')
  await expect(keepSessionSecret(missing)).rejects.toThrow(/cannot be read or written; set SESSION_SECRET, or DATA_DIR/)
})
