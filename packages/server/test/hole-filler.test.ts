import { expect, it, vi } from 'vitest'
import { HoleFiller } from '../src/series/hole-filler.ts'
import { LiveTrack } from '../src/series/live-track.ts'
import { ViewPage } from '../src/series/view-reads.ts'

it('[SER51, SER52] asks for nothing where the series became another one before a failed read was tried again', async () => {
  const track = new LiveTrack(0, 10)
  track.add(5, 1)
  const later: (() => void)[] = []
  const errors: unknown[] = []
  const node = {
    report: (error: unknown) => errors.push(error),
    rooms: { later: (_delayMs: number, run: () => void) => later.push(run) },
  }
  const read = vi.fn<(from: number) => Promise<ViewPage>>().mockRejectedValueOnce(new Error('no store today'))
  read.mockResolvedValue(new ViewPage({ epoch: 'b', version: 1 }, 0, [Float64Array.of(25, 3)], 10))
  const holes = new HoleFiller(node as unknown as ConstructorParameters<typeof HoleFiller>[0], {
    tracks: [track],
    isUnused: () => false,
    beginning: () => 0,
    read,
    isContinued: () => true,
    changed: () => {},
  })
  holes.missed()
  await vi.waitFor(() => expect(later).toHaveLength(1))
  expect(errors.map(String)).toEqual(['Error: no store today'])
  track.clear()
  track.add(25, 3)
  later[0]?.()
  await vi.waitFor(() => expect(track.heldSince(0)).toBe(20))
  expect(read.mock.calls).toEqual([[0]])
})
