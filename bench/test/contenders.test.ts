import { expect, test } from 'vitest'
import { contenderNames, contenders, publishedRoom } from '../contenders/contender.ts'
import { connectClients } from '../load/connect.ts'
import { checkAllDelivered } from '../load/final-check.ts'
import { Fleet } from '../load/fleet.ts'
import { protocols } from '../load/protocols.ts'
import { runPublishes } from '../load/publish-run.ts'
import { Publisher } from '../load/publisher.ts'
import { runRequests } from '../load/request-run.ts'
import { startControl } from '../server/control.ts'

async function open(name: (typeof contenderNames)[number]) {
  const contender = await contenders[name]()
  const fleet = new Fleet(protocols[name], contender.port)
  const publisher = await Publisher.open(await startControl(contender))
  return {
    contender,
    fleet,
    publisher,
    async [Symbol.asyncDispose]() {
      publisher.close()
      await fleet.close()
      await contender[Symbol.asyncDispose]()
    },
  }
}

test.each(contenderNames)(
  '%s authenticates, joins, delivers each publish to each member once, and echoes',
  async (name) => {
    await using opened = await open(name)
    const { fleet, publisher } = opened
    await connectClients(fleet, 5, () => publishedRoom)
    const oneByOne = await runPublishes(fleet, publisher, { times: 3, perTick: 1 })
    const bursts = await runPublishes(fleet, publisher, { times: 2, perTick: 20 })
    const requests = await runRequests(fleet, 40)
    await checkAllDelivered(fleet, () => 43)
    expect([oneByOne.operations, bursts.operations, requests.operations]).toEqual([15, 200, 40])
  },
)

test.each(contenderNames)('%s keeps rooms apart', async (name) => {
  await using opened = await open(name)
  const { fleet, publisher } = opened
  await connectClients(fleet, 3, (index) => (index === 0 ? publishedRoom : `elsewhere-${index}`))
  publisher.ask(1)
  await expect(checkAllDelivered(fleet, () => 1)).rejects.toThrow(/received 0 of 1 publishes/)
})

test('a publish that nobody asked the load for fails the check', async () => {
  await using opened = await open('socket.io')
  const { contender, fleet, publisher } = opened
  await connectClients(fleet, 2, () => publishedRoom)
  await runPublishes(fleet, publisher, { times: 1, perTick: 1 })
  contender.publish({ seq: 1, at: 0, text: 'again' })
  await expect(checkAllDelivered(fleet, () => 1)).rejects.toThrow('delivery 1 came again after 1')
})
