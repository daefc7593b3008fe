import { implement, type Implementation, type TypedRoomHandle, type UserLike } from '@millrace/server'
import { faultContract, type FaultRooms } from '../contract.ts'

interface Said {
  readonly input: { readonly key: string; readonly text: string }
  readonly room: TypedRoomHandle<FaultRooms['hall']>
}

// No key of its own: what a handler publishes gets one that is derived from the request's.
const say = async ({ input, room }: Said) => ({ position: (await room.publish('said', input)).position })

export function implementFaults(node: string): Implementation<UserLike> {
  return implement<typeof faultContract, UserLike>(faultContract, {
    onConnect: ({ connection }) => connection.emit('welcome', { node }),
    rooms: {
      hall: { authorize: () => true, presence: ({ user }) => ({ id: user.id }), requests: { say, repeat: say } },
    },
  })
}
