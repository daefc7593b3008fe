import { countTests } from './count-tests.ts'
import { longForms } from './long-forms.ts'

/** `npm run long [-- FILTER.. VITEST OPTIONS..]`: every test that has a long form, or those that the filters name. */
process.env.MILLRACE_LONG = '1'
const args = process.argv.slice(2)
const isFiltered = args.some((argument) => !argument.startsWith('-'))
await countTests([
  ...(isFiltered ? [] : Object.keys(longForms)),
  ...args,
  '--reporter=default',
  '--reporter=scripts/long-reporter.ts',
  // A seed may take a second; files of a thousand of them would fill the screen.
  '--slowTestThreshold=60000',
])
