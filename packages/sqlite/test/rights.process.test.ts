import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sqlite } from '@millrace/sqlite'
import { systemContext } from '@millrace/testing'
import { temporaryFolder } from './fixtures/temporary-folder.ts'

const program = new URL('fixtures/open-once.ts', import.meta.url)

/** Root may write everything, so that as root the program runs as nobody. */
function openAsNobody(file: string): string {
  const options = ['--import', 'tsx', '--conditions=@millrace/source', program.pathname, file]
  const identity = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  return spawnSync(process.execPath, options, {
    encoding: 'utf8',
    env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    ...identity,
  }).stdout
}

describe('rights', () => {
  it('[STO87] names a file that may not be read or written', async () => {
    using folder = temporaryFolder()
    const file = folder.file('store.db')
    const store = await sqlite({ file }).open(systemContext())
    await store.close()
    chmodSync(folder.path, 0o555)
    chmodSync(file, 0o444)
    expect(openAsNobody(file)).toBe(
      `${file} cannot be written; give this process the right to write the file and its folder`,
    )
    chmodSync(file, 0o000)
    expect(openAsNobody(file)).toMatch(`${file} cannot be opened`)
    expect(openAsNobody(folder.file('new.db'))).toMatch(
      /new\.db cannot be opened; check that it is a file and that this process may/,
    )
    chmodSync(folder.path, 0o755)
  })
})
