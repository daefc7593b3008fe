import { stripComments } from './strip-comments.ts'

export interface SourceFile {
  readonly path: string
  readonly text: string
}

export interface RuleMatch {
  readonly ruleCount: number
  /** How many times a title names a rule. */
  readonly mentionCount: number
  readonly problems: readonly string[]
}

interface Mention {
  readonly id: string
  readonly path: string
}

// `- **DEL3** text`, `- **P1 Order.** text`
const ruleLine = /^- \*\*([A-Z]{1,6}\d+)[ .*:]/gm
// The first argument of any call, so that `it.each(rows)('...')` and suites of one's own count too.
const title = /\(\s*(['"`])((?:\\[\s\S]|(?!\1)[\s\S])*)\1/g
const ids = /\[([A-Z]{1,6}\d+(?:,\s*[A-Z]{1,6}\d+)*)\]/g

function findIds(text: string): string[] {
  return [...text.matchAll(ids)].flatMap((match) => (match[1] ?? '').split(/,\s*/))
}

/** A type test has no title: there a comment line `// [CON4] ...` names the rule. */
function findMentions({ path, text }: SourceFile): Mention[] {
  const titles = [...stripComments(text).matchAll(title)].map((match) => match[2] ?? '')
  const comments = path.endsWith('.test-d.ts')
    ? [...text.matchAll(/^\s*\/\/ (\[.*)$/gm)].map((match) => match[1] ?? '')
    : []
  return [...titles, ...comments].flatMap(findIds).map((id) => ({ id, path }))
}

/** Every rule has a test, every test names rules that exist, and no rule is numbered twice. */
export function matchRules(specs: readonly SourceFile[], tests: readonly SourceFile[]): RuleMatch {
  const rules = specs.flatMap(({ path, text }) =>
    [...text.matchAll(ruleLine)].map((match) => ({ id: match[1] ?? '', path })),
  )
  const mentions = tests.flatMap(findMentions)
  const known = new Map(rules.map(({ id, path }) => [id, path]))
  const tested = new Set(mentions.map(({ id }) => id))
  const twice = rules.filter(({ id }, index) => rules.findIndex((rule) => rule.id === id) !== index)
  const unknown = new Set(
    mentions.filter(({ id }) => !known.has(id)).map(({ id, path }) => `${path} names ${id}, which no spec defines`),
  )
  return {
    ruleCount: known.size,
    mentionCount: mentions.length,
    problems: [
      ...(rules.length === 0 ? ['docs/spec has no rules'] : []),
      ...twice.map(({ id, path }) => `${path} defines ${id} again`),
      ...[...known].filter(([id]) => !tested.has(id)).map(([id, path]) => `${path}: ${id} has no test`),
      ...unknown,
    ],
  }
}
