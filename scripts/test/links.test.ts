import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { listFiles } from '../list-files.ts'
import { repositoryRoot } from '../run-command.ts'

/** `[text](target)` and `![text](target)`, without addresses and anchors of the page itself. */
const localLink = /\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g

const documents = listFiles(repositoryRoot).filter((path) => path.endsWith('.md'))

it('documents link to files that exist', () => {
  const links = documents.flatMap((path) => {
    const text = readFileSync(join(repositoryRoot, path), 'utf8')
    return [...text.matchAll(localLink)].map(([, target = '']) => ({ path, target }))
  })
  expect(links.length).toBeGreaterThan(20)
  const broken = links.filter(({ path, target }) => !existsSync(join(repositoryRoot, dirname(path), target)))
  expect(broken).toEqual([])
})
