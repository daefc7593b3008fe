import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { chatScene } from './chat-scene.ts'
import { refuseUpgrades } from './refuse-upgrades.ts'

const scene = chatScene()

it('[CHP22] works where WebSocket is refused', async () => {
  const proxy = refuseUpgrades(scene.server.address).listen(0)
  await once(proxy, 'listening')
  onTestFinished(() => {
    proxy.close()
    proxy.closeAllConnections()
  })
  const address = `http://localhost:${(proxy.address() as AddressInfo).port}`
  const [hers, his] = await scene.team('polling', 'Ada', 'Bob')
  if (!hers || !his) throw new Error('two people')
  const [keep] = hers.storageState.origins
  const moved = { cookies: hers.storageState.cookies, origins: [{ localStorage: [], ...keep, origin: address }] }
  const ada = await scene.come({ ...hers, storageState: moved }, { at: 'polling', address })
  const bob = await scene.come(his, { at: 'polling' })
  await bob.button('2 here, show who').waitFor()
  await ada.say('Through the proxy.')
  await bob.seesStored('Through the proxy.')
  await bob.say('I can see it.')
  await ada.seesStored('I can see it.')
  const connections = await ada.page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).searchParams.get('transport')),
  )
  expect(connections).toContain('polling')
})
