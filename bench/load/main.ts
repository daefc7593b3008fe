import { answerParent } from '../rpc.ts'
import type { LoadCalls } from './calls.ts'
import { ServerLoad } from './server-load.ts'

const opened = new Map<string, ServerLoad>()

function find(contender: string): ServerLoad {
  const found = opened.get(contender)
  if (!found) throw new Error(`the load has not opened ${contender}; call open first`)
  return found
}

answerParent<LoadCalls>({
  async open({ contender, address, firstClient }) {
    opened.get(contender)?.close()
    opened.set(contender, await ServerLoad.open(contender, address, firstClient))
  },
  connect: ({ contender, count, rooms, room }) => find(contender).connect(count, rooms, room),
  connectRooms: ({ contender, rooms, members }) => find(contender).connectRooms(rooms, members),
  publish: ({ contender, ...run }) => find(contender).publish(run),
  publishRooms: ({ contender, ...run }) => find(contender).publishRooms(run),
  request: ({ contender, operations }) => find(contender).request(operations),
  expect: ({ contender, ...expectation }) => find(contender).expect(expectation),
  received: ({ contender }) => find(contender).received(),
  checkNewest: ({ contender, newest }) => find(contender).checkNewest(newest),
  view: ({ contender, query }) => find(contender).view(query),
  unview: ({ contender }) => find(contender).unview(),
  stall: ({ contender }) => find(contender).stall(),
  catchUp: ({ contender, ...run }) => find(contender).catchUp(run),
  check: ({ contender }) => find(contender).check(),
  disconnect: ({ contender }) => find(contender).disconnect(),
})
