export { documentRoom, type DocumentRoomOptions } from './document-room.ts'
export type { DocumentPlan } from './live-document.ts'
export type { Permission } from './seats.ts'
