import { countTests } from './count-tests.ts'

/** `npm test [-- FILTER.. VITEST OPTIONS..]` */
await countTests(process.argv.slice(2))
