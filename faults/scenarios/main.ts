// `main.ts <scenario> <seed> <patienceMs>`: runs one of them and prints a JSON line {"failures":[..]}.
import { startFleet } from '../fleet/start-fleet.ts'
import type { Row } from '../rows/row.ts'
import { runRow } from '../run-row.ts'
import { deadNode } from './dead-node.ts'
import { deafNode } from './deaf-node.ts'
import { frozenRedis } from './frozen-redis.ts'
import { lostMessage } from './lost-message.ts'
import { restoredRedis } from './restored-redis.ts'

const scenarios = { deadNode, deafNode, frozenRedis, lostMessage, restoredRedis }

const [name = '', seed, patienceMs] = process.argv.slice(2)
const scenario = Object.entries(scenarios).find(([each]) => each === name)?.[1]
if (!scenario) throw new Error(`there is no scenario "${name}"; take one of ${Object.keys(scenarios).join(', ')}`)
await using fleet = await startFleet(scenario.start, { count: scenario.nodes })
const row: Row = {
  id: name,
  run: (running, findings) => scenario.run(running, findings, { seed: Number(seed), patienceMs: Number(patienceMs) }),
}
const { failures } = await runRow(row, fleet, { seed: Number(seed), isLong: false })
console.log(JSON.stringify({ failures }))
