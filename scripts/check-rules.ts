import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from './list-files.ts'
import { matchRules, type SourceFile } from './match-rules.ts'
import { repositoryRoot } from './run-command.ts'

// Suites of ports carry titles too: in the source of the test kit, and beside the tests of an application.
const isSuite = (path: string) => /^packages\/testing\/src\/.*\.ts$/.test(path) || path.endsWith('-suite.ts')
const isTest = (path: string) => /\.test(-d)?\.tsx?$/.test(path) || isSuite(path)
// The tests of this check name rules that do not exist.
const isOwn = (path: string) => path === 'scripts/test/match-rules.test.ts'

function read(path: string): SourceFile {
  return { path, text: readFileSync(join(repositoryRoot, path), 'utf8') }
}

const paths = listFiles(repositoryRoot)
const specs = paths.filter((path) => /^docs\/spec\/.*\.md$/.test(path)).map(read)
const tests = paths.filter((path) => isTest(path) && !isOwn(path)).map(read)
const { ruleCount, mentionCount, problems } = matchRules(specs, tests)
for (const problem of problems) console.error(problem)
console.log(`${ruleCount} rules, named ${mentionCount} times by tests, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
