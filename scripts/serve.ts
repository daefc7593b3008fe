import { join } from 'node:path'
import { repositoryRoot } from './run-command.ts'
import { supervise } from './supervise.mjs'

/** The home application from its source; `npm start` does the same with what was built. */
const main = new URL('../apps/home/main.ts', import.meta.url).href
const args = ['--import', 'tsx', '--conditions=@millrace/source', join(repositoryRoot, 'scripts/run-home.mjs'), main]
process.exit(await supervise(args, { cwd: repositoryRoot, env: process.env }))
