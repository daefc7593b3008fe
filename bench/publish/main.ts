import { answerParent } from '../rpc.ts'
import { processCalls } from '../server/process-calls.ts'
import type { PublisherCalls } from './calls.ts'
import { runPublishLoop } from './publish-loop.ts'
import { isStoreContenderName, storeContenders, type StoreConnection } from './store-contender.ts'

const [name = '', redisUrl] = process.argv.slice(2)
if (!isStoreContenderName(name) || redisUrl === undefined)
  throw new Error(`name one of ${Object.keys(storeContenders).join(', ')}, and the URL of a Redis`)

const openConnection = storeContenders[name]
const url = redisUrl
const opened: StoreConnection[] = []

answerParent<PublisherCalls>({
  ...processCalls,
  async open({ connections }) {
    while (opened.length < connections) opened.push(await openConnection(url))
  },
  publish: ({ operations }) => runPublishLoop(opened, operations),
})
