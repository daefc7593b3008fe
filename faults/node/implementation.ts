import { implement, type Implementation, type TypedRoomHandle, type UserLike } from '@millrace/server'
import { faultContract, type FaultRooms } from '../contract.ts'

interface Said<R> {
  readonly input: { readonly key: string; readonly text: string }
  readonly room: TypedRoomHandle<R>
}

// No key of its own: what a handler publishes gets one that is derived from the request's.
const inHall = async ({ input, room }: Said<FaultRooms['hall']>) => ({
  position: (await room.publish('said', input)).position,
})
const inLane = async ({ input, room }: Said<FaultRooms['lane']>) => ({
  position: (await room.publish('said', input)).position,
})

export function implementFaults(node: string): Implementation<UserLike> {
  return implement<typeof faultContract, UserLike>(faultContract, {
    onConnect: ({ connection }) => connection.emit('welcome', { node }),
    rooms: {
      hall: {
        authorize: () => true,
        presence: ({ user }) => ({ id: user.id }),
        requests: {
          say: inHall,
          repeat: inHall,
          forget: async ({ input, room }) => {
            await room.remove('score', input.player)
            return {}
          },
        },
      },
      lane: { authorize: () => true, requests: { say: inLane, repeat: inLane } },
    },
  })
}
