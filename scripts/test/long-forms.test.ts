import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listFiles } from '../list-files.ts'
import { longForms } from '../long-forms.ts'
import { repositoryRoot } from '../run-command.ts'

/** What asks for the long form: the variable, or what reads it for the test. */
const asks = /env\.MILLRACE_LONG|\bisLong\b|\bmodelSuite\(/

it('every test that has a long form is run by `npm run long`, which knows how long it takes', () => {
  const tests = listFiles(repositoryRoot).filter((path) => /^(packages|apps)\/.*\.test\.tsx?$/.test(path))
  const found = tests.filter((path) => asks.test(readFileSync(join(repositoryRoot, path), 'utf8')))
  expect(Object.keys(longForms)).toEqual(found.toSorted())
})
