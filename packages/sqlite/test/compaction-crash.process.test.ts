import { sqlite } from '@millrace/sqlite'
import { seededRandom, systemContext } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { foldLog, type Said } from './fixtures/compaction.ts'
import { temporaryFolder } from './fixtures/temporary-folder.ts'
import { startChild } from './kill/child.ts'

/** Half of them between a blob and its trim. */
const kills = process.env.MILLRACE_LONG === '1' ? 104 : 4

/** @returns What it said until it was killed, which is between a blob and its trim, or at message `killAt`. */
async function compactUntilKilled(file: string, cycle: number, stopAt: number, killAt: number): Promise<Said[]> {
  const child = startChild('compact-until-killed.ts', [file, `${cycle}`, `${stopAt}`])
  const said: Said[] = []
  child.process.on('message', (message) => {
    const now = message as Said
    said.push(now)
    if (said.length === killAt || (now.kind === 'kept' && now.isLast)) child.process.kill('SIGKILL')
  })
  const [code] = (await child.hasExited) as [number | null]
  if (code !== null) throw new Error(`the process ended by itself with ${code}; its errors are above`)
  return said
}

describe('a process that is killed while it compacts', () => {
  it(
    '[KPT40] loses no entry, no blob and no trim that was acknowledged, also between a blob and its trim',
    async () => {
      using folder = temporaryFolder()
      const file = folder.file('store.db')
      const random = seededRandom(40)
      const stored: string[] = []
      let between = 0
      for (let cycle = 0; cycle < kills; cycle++) {
        const isBetween = cycle % 2 === 0
        const said = await compactUntilKilled(
          file,
          cycle,
          isBetween ? cycle % 5 : -1,
          isBetween ? -1 : 60 + random.integer(60),
        )
        const store = await sqlite({ file }).open(systemContext())
        const { words, revision, untrimmed } = await foldLog(store.log, store.blobs)
        for (const each of said) if (each.kind === 'stored') stored.push(each.word)
        expect(new Set(words).size).toBe(words.length)
        expect(stored.filter((word) => !words.includes(word))).toEqual([])
        const last = said.findLast(({ kind }) => kind !== 'stored')
        if (isBetween) {
          expect(last).toEqual({ kind: 'kept', revision, isLast: true })
          expect(untrimmed).toBeGreaterThanOrEqual(20)
          between++
        }
        if (last?.kind === 'trimmed' && said.at(-1) === last) expect(untrimmed).toBe(0)
        await store.close()
      }
      expect(between).toBe(kills / 2)
    },
    15_000 * kills,
  )
})
