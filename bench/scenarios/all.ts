import { burst } from './burst.ts'
import { collab } from './collab.ts'
import { collabMemory } from './collab-memory.ts'
import { collabOpen } from './collab-open.ts'
import { connect } from './connect.ts'
import { crossNode } from './cross-node.ts'
import { fanOut } from './fan-out.ts'
import { idle } from './idle.ts'
import { interest } from './interest.ts'
import { latest } from './latest.ts'
import { publish } from './publish.ts'
import { recovery } from './recovery.ts'
import { request } from './request.ts'
import { seriesScenario } from './series.ts'
import { slowReader } from './slow-reader.ts'
import { smallRooms } from './small-rooms.ts'
import { stream } from './stream.ts'
import type { Scenario } from './scenario.ts'

export const scenarios: readonly Scenario[] = [
  fanOut,
  burst,
  stream,
  latest,
  smallRooms,
  slowReader,
  seriesScenario,
  request,
  idle,
  connect,
  collab,
  collabOpen,
  collabMemory,
  crossNode,
  interest,
  recovery,
  publish,
]
