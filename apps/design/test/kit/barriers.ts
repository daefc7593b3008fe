import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { settle } from './settle.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The rules that look at colours: all that a page's other theme can break. */
const colours = ['color-contrast', 'link-in-text-block']

/** What axe finds that keeps people out: its rule, and where. */
export async function barriers(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
  await page.evaluate(axe)
  await settle(page)
  const options = { resultTypes: ['violations'], ...(rules === 'colours' && { runOnly: colours }) }
  const { violations } = await page.evaluate(
    (chosen) => (globalThis as unknown as { axe: { run(chosen: object): Promise<AxeResults> } }).axe.run(chosen),
    options,
  )
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return grave.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
