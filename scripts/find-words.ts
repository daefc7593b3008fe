import { dirname } from 'node:path'

interface Ban {
  readonly reason: string
  readonly pattern: RegExp
  readonly applies: (path: string) => boolean
}

// Where a checkout may lie without its place being worth hiding.
const commonParents = new Set([
  '/',
  '/app',
  '/builds',
  '/home',
  '/mnt',
  '/opt',
  '/root',
  '/srv',
  '/tmp',
  '/usr',
  '/var',
])

const isSource = (path: string) =>
  /^(packages|apps|bench|scripts)\/.*\.(ts|tsx|mjs|js|jsx|css|html)$/.test(path) || /^[^/]+\.(ts|mjs|js)$/.test(path)

function pathPattern(path: string): RegExp {
  const escaped = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\w./-])${escaped}(?![\\w-])`, 'g')
}

function bans(root: string): Ban[] {
  const parent = dirname(root)
  const machine = commonParents.has(parent) ? root : parent
  return [
    { reason: 'a path of this machine', pattern: pathPattern(machine), applies: () => true },
    { reason: 'a path in the temporary folder', pattern: /(?<![\w./-])\/tmp\/\w/g, applies: () => true },
    {
      reason: 'the host of a registry',
      pattern: /"resolved": "https?:|^registry\s*=/gm,
      applies: (path) => /(^|\/)(package-lock\.json|\.npmrc)$/.test(path),
    },
    { reason: 'work left open', pattern: /\bTO[D]O\b|\bFIX[M]E\b/g, applies: isSource },
    { reason: 'a test that does not run', pattern: /\.(skip|only|todo)\(/g, applies: isSource },
  ]
}

/** What a committed file may not say, one line for each place. `root` is the folder of the checkout. */
export function findWords(path: string, text: string, root: string): string[] {
  return bans(root)
    .filter(({ applies }) => applies(path))
    .flatMap(({ reason, pattern }) =>
      [...text.matchAll(pattern)].map((match) => {
        const line = text.slice(0, match.index).split('\n').length
        return `${path}:${line}: ${match[0]} is ${reason}`
      }),
    )
}
