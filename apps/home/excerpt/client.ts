import { createClient } from '@millrace/client'
import { talk } from './contract.ts'

const client = createClient()
const lobby = client.use(talk).room('topic', { name: 'lobby' })

lobby.on('message', ({ author, text }, { replayed }) => {
  // In order, once; also those that waited while you were away.
  console.log(replayed ? 'while you were away' : 'now', author, text)
})
lobby.on('gap', ({ reason }) => {
  // If anything had to be lost, you are told before what follows.
  console.warn('some history is gone', reason)
})

await lobby.join()
const { id } = await lobby.request('send', { text: 'hello' })
console.log('stored as', id)
