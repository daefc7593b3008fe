import { createClient } from '@millrace/client'
import { faultContract } from '../contract.ts'

/** What a node says to a client with this token: `connected`, or the code of its refusal. */
export async function tokenOutcome(url: string, token: string): Promise<string> {
  const client = createClient({ url, auth: { token }, reconnect: { maxAttempts: 0 }, transports: ['websocket'] })
  client.use(faultContract)
  const outcome = new Promise<string>((resolve) => {
    client.onState((state) => {
      if (state.state === 'connected') resolve('connected')
      else if (state.state === 'gave-up') resolve(state.reason.code)
    })
  })
  // What it rejects with says less than the state does.
  const [said] = await Promise.all([outcome, Promise.allSettled([client.connect()])])
  await client.close()
  return said
}
