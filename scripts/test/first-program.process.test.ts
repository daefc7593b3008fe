import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const program = join(root, 'docs/guide/first-program.ts')

it('the program of the README is the file, and is shorter than 40 lines', async () => {
  const [readme, source] = await Promise.all([readFile(join(root, 'README.md'), 'utf8'), readFile(program, 'utf8')])
  expect(readme).toContain(`\`\`\`ts\n${source}\`\`\``)
  expect(source.trimEnd().split('\n').length).toBeLessThan(40)
})

it('the program of the README stores its message, and goes on where it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-first-'))
  try {
    for (const offset of [1, 2]) {
      const { stdout } = await run(process.execPath, [
        '--conditions=@millrace/source',
        '--import',
        'tsx',
        program,
        join(folder, 'chat.sqlite'),
      ])
      expect(stdout.trim().split('\n').sort()).toEqual([`event ${offset}: hello`, `stored as ${offset}`])
    }
  } finally {
    await rm(folder, { recursive: true })
  }
})
