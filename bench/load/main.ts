import { publishedRoom } from '../contenders/contender.ts'
import { answerParent } from '../rpc.ts'
import type { LoadCalls } from './calls.ts'
import { connectClients } from './connect.ts'
import { checkAllDelivered } from './final-check.ts'
import { Fleet } from './fleet.ts'
import { protocols } from './protocols.ts'
import { runPublishes } from './publish-run.ts'
import { Publisher } from './publisher.ts'
import { runRequests } from './request-run.ts'

interface Opened {
  readonly fleet: Fleet
  readonly publisher: Publisher
  published: number
}

const opened = new Map<string, Opened>()

function find(contender: string): Opened {
  const found = opened.get(contender)
  if (!found) throw new Error(`the load has not opened ${contender}; call open first`)
  return found
}

answerParent<LoadCalls>({
  async open({ contender, address }) {
    opened.get(contender)?.publisher.close()
    opened.set(contender, {
      fleet: new Fleet(protocols[contender], address.port),
      publisher: await Publisher.open(address.controlPort),
      published: 0,
    })
  },
  connect({ contender, count, rooms }) {
    const { fleet } = find(contender)
    const first = fleet.members.length
    return connectClients(fleet, count, (index) =>
      rooms === 'shared' ? publishedRoom : `${publishedRoom}-${first + index}`,
    )
  },
  publish({ contender, times, perTick }) {
    const target = find(contender)
    target.published += times * perTick
    return runPublishes(target.fleet, target.publisher, { times, perTick })
  },
  request: ({ contender, operations }) => runRequests(find(contender).fleet, operations),
  disconnect: ({ contender }) => find(contender).fleet.close(),
  check: ({ contender }) => checkAllDelivered(find(contender).fleet, () => find(contender).published),
})
