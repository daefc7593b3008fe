import { fileURLToPath } from 'node:url'
import { build, defaultClientConditions, type Rolldown } from 'vite'

/** The one script that a page of `test/fixtures` needs, bundled from the sources. */
export async function bundlePage(fixture: string): Promise<string> {
  const input = fileURLToPath(new URL(`../fixtures/${fixture}`, import.meta.url))
  const output = (await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@millrace/source', ...defaultClientConditions] },
    build: { write: false, minify: false, modulePreload: false, rolldownOptions: { input } },
  })) as Rolldown.RolldownOutput
  return output.output[0].code
}
