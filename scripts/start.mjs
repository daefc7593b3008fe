// Plain JavaScript: Node 20 runs it as it is.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildFirst } from './build-first.mjs'
import { supervise } from './supervise.mjs'

const root = join(import.meta.dirname, '..')

await buildFirst(root)
const main = pathToFileURL(join(root, 'apps/home/dist/main.js')).href
const code = await supervise([join(root, 'scripts/run-home.mjs'), main], { cwd: root, env: process.env })
process.exit(code)
