import { build } from './build.ts'
import { runTests } from './run-tests.ts'
import { provideServices } from './services.ts'

async function run(args: readonly string[]): Promise<{ readonly passed: number; readonly failed: number }> {
  const missing = await provideServices()
  if (missing) {
    console.error(missing)
    return { passed: 0, failed: 1 }
  }
  const { code, output } = await build()
  if (code !== 0) {
    console.error(`${output}\nThe build failed, so no test ran.`)
    return { passed: 0, failed: 1 }
  }
  return runTests(args)
}

/** Services, build, vitest with these arguments. The last line is the count, and the exit code says whether all passed. */
export async function countTests(args: readonly string[]): Promise<void> {
  const { passed, failed } = await run(args)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
