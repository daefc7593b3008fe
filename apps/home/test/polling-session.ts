/** A session of long-polling, request by request. */
export interface PollingSession {
  /** `name=value` of the cookie that came with it; undefined where none did. */
  readonly cookie: string | undefined
  /** @returns Whether the node that took it knows the session. */
  post(cookie?: string): Promise<boolean>
}

/** @param url Of the load balancer. */
export async function openSession(url: string): Promise<PollingSession> {
  const address = `${url}/socket.io/?EIO=4&transport=polling`
  const answer = await fetch(address)
  const { sid } = JSON.parse((await answer.text()).slice(1)) as { readonly sid: string }
  return {
    cookie: answer.headers.getSetCookie()[0]?.split(';')[0],
    post: async (cookie) => {
      // What a client answers to a ping.
      const pong = { method: 'POST', body: '3', headers: cookie === undefined ? {} : { cookie } }
      return (await fetch(`${address}&sid=${sid}`, pong)).status === 200
    },
  }
}
