import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** A file that could not be loaded, and a suite whose hook failed, have errors of their own and no test to carry them. */
function countModule(module: TestModule): TestCounts {
  const states = [...module.children.allTests()].map((test) => test.result().state)
  const count = (state: string) => states.filter((other) => other === state).length
  const suiteErrors = [...module.children.allSuites()].reduce((sum, suite) => sum + suite.errors().length, 0)
  return {
    passed: count('passed'),
    failed: count('failed') + module.errors().length + suiteErrors,
    skipped: count('skipped') + count('pending'),
  }
}

/** Writes how many tests passed and failed, as JSON, to the file that MILLRACE_TEST_COUNTS names. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = modules.map(countModule)
    const sum = (key: keyof TestCounts) => counts.reduce((total, count) => total + count[key], 0)
    const total = { passed: sum('passed'), failed: sum('failed') + unhandledErrors.length, skipped: sum('skipped') }
    if (process.env.MILLRACE_TEST_COUNTS) writeFileSync(process.env.MILLRACE_TEST_COUNTS, JSON.stringify(total))
  }
}
