import { expect, it } from 'vitest'
import { matchRules } from '../match-rules.ts'

const spec = (text: string) => [{ path: 'docs/spec/a.md', text }]
const test = (text: string) => [{ path: 'a.test.ts', text }]
const two = spec('# Delivery\n- **DEL1** First.\n- **P2 No loss.** Second.\n- **not a rule**\n')

it('accepts rules that each have a test', () => {
  const { ruleCount, mentionCount, problems } = matchRules(two, test("it('[DEL1] works', f)\ndescribe(`[P2] also`, f)"))
  expect({ ruleCount, mentionCount, problems }).toEqual({ ruleCount: 2, mentionCount: 2, problems: [] })
})

it('reads several ids of one title', () => {
  expect(matchRules(two, test("it('[DEL1, P2] works', f)")).problems).toEqual([])
  expect(matchRules(two, test("it('[DEL1] [P2] works', f)")).problems).toEqual([])
})

it('reads titles of tables, of calls over several lines and of suites of one’s own', () => {
  const text = "it.each([1, 2])('[DEL1] %i', f)\nproperty(\n  \"[P2] don't lose\",\n  f,\n)"
  expect(matchRules(two, test(text)).problems).toEqual([])
})

it('names a rule without a test', () => {
  expect(matchRules(two, test("it('[DEL1] works', f)")).problems).toEqual(['docs/spec/a.md: P2 has no test'])
})

it('names an unknown rule once for each file', () => {
  const text = "it('[DEL1] [P2] [X9] a', f)\nit('[X9] b', f)"
  expect(matchRules(two, test(text)).problems).toEqual(['a.test.ts names X9, which no spec defines'])
})

it('names a rule that is defined twice', () => {
  const specs = [...spec('- **P1** a\n'), { path: 'docs/spec/b.md', text: '- **P1** b\n' }]
  expect(matchRules(specs, test("it('[P1] a', f)")).problems).toEqual(['docs/spec/b.md defines P1 again'])
})

it('fails when there are no rules at all', () => {
  expect(matchRules([], []).problems).toEqual(['docs/spec has no rules'])
})

it('does not count what is commented out', () => {
  const text = "// it('[DEL1] works', f)\n/* it('[P2] works', f) */\nconst url = 'http://a' // it('[P2]')"
  expect(matchRules(two, test(text)).problems).toHaveLength(2)
})

it('is not led astray by quotes in regular expressions and comments', () => {
  const text = "const quote = /['\"]/\n// don't\nit('[DEL1] a', f)\nconst s = '// [X1]'\nit('[P2] b', f)"
  expect(matchRules(two, test(text)).problems).toEqual([])
})

it('counts comment lines of type tests, and only there', () => {
  const text = '// [DEL1] a wrong name does not compile\n  // [P2] nor a wrong payload\n'
  expect(matchRules(two, [{ path: 'a.test-d.ts', text }]).problems).toEqual([])
  expect(matchRules(two, test(text)).problems).toHaveLength(2)
})
