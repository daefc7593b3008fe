import { expect, it } from 'vitest'
import { countLines } from '../count-lines.ts'

it('counts lines that hold code', () => {
  expect(countLines('')).toBe(0)
  expect(countLines('// a\n\n/**\n * b\n */\n  \n')).toBe(0)
  expect(countLines("const a = 1 // one\n/* two */ const b = '// no comment'\n\nconst c = `\n/*\n`\n")).toBe(5)
})
