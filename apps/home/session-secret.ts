import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What sessions are signed with, as the data folder keeps it; made there, readable by this user alone, where it is missing.
 *
 * @throws Error of one sentence where the file is there and holds no secret, or cannot be read or written.
 */
export async function keepSessionSecret(dataFolder: string): Promise<Uint8Array> {
  const file = join(dataFolder, 'session-secret')
  try {
    const known = await readFile(file, 'utf8').catch(ifMissing)
    const secret = known?.trim() ?? (await create(file))
    if (secret.length >= 32) return new TextEncoder().encode(secret)
  } catch (cause) {
    throw new Error(`${file} cannot be read or written; set SESSION_SECRET, or DATA_DIR to another folder`, { cause })
  }
  throw new Error(`${file} holds less than 32 characters; delete it, and everybody enters their name again`)
}

/** Under its name only when it is complete. */
async function create(file: string): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  const draft = `${file}.${process.pid}`
  await writeFile(draft, `${secret}\n`, { mode: 0o600, flush: true })
  await rename(draft, file)
  return secret
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
