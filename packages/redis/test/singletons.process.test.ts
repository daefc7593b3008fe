import { fileURLToPath } from 'node:url'
import { startProcess, startRedis, type RunningProcess } from '@millrace/testing/faults'
import { describe, expect, it, vi } from 'vitest'

const program = fileURLToPath(new URL('./fixtures/singleton-node.ts', import.meta.url))

interface Said {
  readonly node: number
  readonly word: string
  /** Of the machine's monotonic clock. */
  readonly atMs: number
}

const nowMs = (): number => Number(process.hrtime.bigint() / 1_000_000n)

/** Nodes on one Redis, and what their singleton said. */
async function startNodes(
  url: string,
  count: number,
): Promise<AsyncDisposable & { nodes: RunningProcess[]; said: Said[] }> {
  const said: Said[] = []
  const start = (node: number): Promise<RunningProcess> =>
    startProcess({
      command: process.execPath,
      args: ['--import', 'tsx', '--conditions=@millrace/source', program],
      env: { REDIS_URL: url },
      isReady: (line) => line === 'ready',
      onLine: (line) => {
        const [word = '', at] = line.split(' ')
        if (at !== undefined) said.push({ node, word, atMs: Number(at) })
      },
    })
  const nodes = await Promise.all(Array.from({ length: count }, (_, node) => start(node)))
  return {
    nodes,
    said,
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node.kill()))
    },
  }
}

/** Who ticked, one entry for each change. */
function turnsIn(said: readonly Said[]): number[] {
  const ticks = said.filter(({ word }) => word === 'tick').toSorted((one, other) => one.atMs - other.atMs)
  return ticks.map(({ node }) => node).filter((node, index, all) => node !== all[index - 1])
}

describe('a singleton of three processes on one Redis', () => {
  it('[SNG10, SNG12, SNG13] passes from a killed, a frozen and an ended node to the next, and never runs twice', async () => {
    await using server = await startRedis()
    await using started = await startNodes(server.url, 3)
    const { nodes, said } = started
    const untilTurn = async (turn: number, timeoutMs: number): Promise<number> => {
      await vi.waitFor(() => expect(turnsIn(said)).toHaveLength(turn), { timeout: timeoutMs, interval: 50 })
      return Number(turnsIn(said).at(-1))
    }

    const first = await untilTurn(1, 10_000)
    await nodes[first]?.kill()
    const second = await untilTurn(2, 15_000)

    nodes[second]?.freeze()
    const third = await untilTurn(3, 15_000)
    nodes[second]?.thaw()
    const thawedMs = nowMs()
    await vi.waitFor(() => expect(said).toContainEqual(expect.objectContaining({ node: second, word: 'aborted' })), {
      timeout: 5_000,
    })
    expect(said.filter(({ node, word, atMs }) => node === second && word === 'tick' && atMs >= thawedMs)).toEqual([])

    expect(await nodes[third]?.term()).toMatchObject({ code: 0 })
    expect(await untilTurn(4, 3_000)).toBe(second)
    expect(turnsIn(said)).toEqual([first, second, third, second])
  })
})
