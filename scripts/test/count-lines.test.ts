import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { countLines } from '../count-lines.ts'
import { listFiles } from '../list-files.ts'
import { repositoryRoot } from '../run-command.ts'

it('counts lines that hold code', () => {
  expect(countLines('')).toBe(0)
  expect(countLines('// a\n\n/**\n * b\n */\n  \n')).toBe(0)
  expect(countLines("const a = 1 // one\n/* two */ const b = '// no comment'\n\nconst c = `\n/*\n`\n")).toBe(5)
})

it('[APP46] the chat is under 1,000 lines of TypeScript, without tests and styles', () => {
  const files = listFiles(repositoryRoot).filter((path) => /^apps\/chat\/(?!test\/).*\.tsx?$/.test(path))
  const lines = files.map((path) => countLines(readFileSync(join(repositoryRoot, path), 'utf8')))
  expect(files).toContain('apps/chat/server.ts')
  expect(files).toContain('apps/chat/web/main.tsx')
  expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThan(1_000)
})
