import { createClient } from '@millrace/client'
import { talk } from './contract.ts'

const client = createClient()
const lobby = client.use(talk).room('topic', { name: 'lobby' })

// In order, once; also those that waited while you were away.
lobby.on('message', ({ author, text }) => {
  console.log(author, text)
})
// If anything had to be lost, you are told before what follows.
lobby.on('gap', ({ reason }) => console.warn(reason))

await lobby.join()
const { id } = await lobby.request('send', { text: 'hello' })
console.log('stored as', id)
