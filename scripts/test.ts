import { build } from './build.ts'
import { runTests } from './run-tests.ts'
import { provideServices } from './services.ts'

/** `npm test [-- FILTER.. VITEST OPTIONS..]`: services, build, vitest. The last line is the count. */
async function countTests(args: readonly string[]): Promise<{ passed: number; failed: number }> {
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

const { passed, failed } = await countTests(process.argv.slice(2))
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
