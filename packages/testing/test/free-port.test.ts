import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { claimPort } from '../src/faults/claim-port.ts'
import { freePort } from '../src/faults/index.ts'

/** No port of those that are given out. */
const beyond = (): number => 1_000_000 + randomInt(1_000_000_000)

it('[FLT16] ports are below those of outgoing connections, and each is given once', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()))
  expect(new Set(ports).size).toBe(50)
  // Of a node of a Redis Cluster, 10,000 above it, too.
  for (const port of ports) expect(port + 10_000).toBeLessThan(32_768)
})

it('[FLT16] a port of a process that lives is not given, that of one that was killed is', () => {
  const [own, living, left] = [beyond(), beyond(), beyond()]
  const fileOf = (port: number) => join(tmpdir(), `millrace-port-${port}`)
  const claim = (port: number, pid: number) => writeFileSync(fileOf(port), `${pid}`)
  expect([claimPort(own), claimPort(own)]).toEqual([true, false])
  claim(living, process.ppid)
  expect([claimPort(living), claimPort(living)]).toEqual([false, false])
  rmSync(fileOf(living))
  claim(left, spawnSync(process.execPath, ['-e', '']).pid)
  expect([claimPort(left), claimPort(left)]).toEqual([false, true])
})
