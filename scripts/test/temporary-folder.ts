import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { repositoryRoot } from '../run-command.ts'

/** A folder with these files (path to text) and copies of these files of the repository; removed at the end of the scope. */
export function createTemporaryFolder(files: Record<string, string>, copies: readonly string[] = []) {
  const root = mkdtempSync(join(tmpdir(), 'millrace-scripts-'))
  for (const path of copies) cpSync(join(repositoryRoot, path), join(root, path), { recursive: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}
