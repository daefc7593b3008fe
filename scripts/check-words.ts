import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findWords } from './find-words.ts'
import { listFiles } from './list-files.ts'
import { repositoryRoot } from './run-command.ts'

const paths = listFiles(repositoryRoot)
const problems = paths.flatMap((path) =>
  findWords(path, readFileSync(join(repositoryRoot, path), 'utf8'), repositoryRoot),
)
for (const problem of problems) console.error(problem)
console.log(`${paths.length} files, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
