import { isLossy } from '../contenders/contender.ts'
import { roomKind } from '../contenders/room-kind.ts'
import { DigestCheck, NewestCheck, SequenceCheck, type DeliveryCheck } from './delivery-check.ts'

/** What a member of a room has to be given. */
export function checkOf(contender: string, room: string): DeliveryCheck {
  const kind = roomKind(room)
  if (isLossy(contender) || kind === 'board' || kind === 'charts') return new NewestCheck()
  return kind === 'heavy' ? new DigestCheck() : new SequenceCheck()
}
