import { MillraceError } from '@millrace/contract'
import type { Implementation, UserLike } from '@millrace/server'
import type { NodeLog } from './node-log.ts'

/** The same application, of which the log tells who comes, goes, joins and is refused: without names, parameters and inputs. */
export function overhear<User extends UserLike>(app: Implementation<User>, log: NodeLog): Implementation<User> {
  const { namespace } = app.contract
  const { use = [], onConnect, onDisconnect, rooms = {} } = app.handlers
  const say = (text: string): void => log.say('debug', `${namespace}: ${text}`)
  const heard = Object.entries(rooms).map(([name, handlers]) => {
    const onJoin: typeof handlers.onJoin = async (context) => {
      await handlers.onJoin?.(context)
      say(`somebody joined ${name}`)
    }
    return [name, { ...handlers, onJoin }] as const
  })
  return {
    ...app,
    handlers: {
      ...app.handlers,
      rooms: Object.fromEntries(heard),
      use: [
        async ({ name }, next) => {
          try {
            return await next()
          } catch (error) {
            if (error instanceof MillraceError) say(`${name} was refused: ${error.code}`)
            throw error
          }
        },
        ...use,
      ],
      onConnect: (context) => {
        say('a connection was opened')
        return onConnect?.(context)
      },
      onDisconnect: (context) => {
        say('a connection was closed')
        return onDisconnect?.(context)
      },
    },
  }
}
