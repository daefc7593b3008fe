import type { Contract } from './contract.ts'
import { isErrorCode } from './errors.ts'
import type { EventEntry } from './event-entry.ts'
import { entryNameFault, isEntryVersion } from './names.ts'
import type { RequestEntry } from './request-entry.ts'
import type { RoomEntry } from './room-entry.ts'

/** @throws Error at the first fault, in one sentence that names the entry and says what to change. */
export function checkContract(contract: Contract): void {
  if (!/^\/[\w/.-]{0,63}$/.test(contract.namespace)) {
    throw new Error(
      `the namespace "${contract.namespace}" must begin with / and hold at most 63 of A-Z a-z 0-9 _ . - / after it`,
    )
  }
  checkRequests('request', contract.requests)
  checkRequests('question', contract.questions)
  checkEntries('event', contract.events)
  checkSizes('event', contract.events)
  for (const [name, { delivery, publish, to }] of Object.entries(contract.events ?? {})) {
    if (delivery === 'latest') throw new Error(`the event "${name}" is latest, which needs a room; move it to one`)
    if (publish === 'members')
      throw new Error(`the event "${name}" has no members; make it a request, or move it to a room`)
    if (to !== undefined) throw new Error(`the event "${name}" has no members who could send it; make it a request`)
  }
  checkDisjoint('the namespace', contract.events, contract.questions)
  checkEntries('room', contract.rooms)
  for (const [name, room] of Object.entries(contract.rooms ?? {})) checkRoom(name, room)
}

const maxEventBytes = 4_000_000

function checkSizes(what: string, events: Readonly<Record<string, EventEntry>> = {}): void {
  for (const [name, { maxPayloadBytes: bytes = 1 }] of Object.entries(events)) {
    if (!Number.isInteger(bytes) || bytes < 1 || bytes > maxEventBytes)
      throw new Error(`maxPayloadBytes of the ${what} "${name}" must be a whole number, 1 to ${maxEventBytes}`)
  }
}

/** What clients tell of every room, under the same `on` as the room's events. */
const roomNews = ['gap', 'joined', 'kicked', 'removed']

function checkRoom(name: string, room: RoomEntry): void {
  for (const taken of roomNews) {
    if (Object.hasOwn(room.events ?? {}, taken))
      throw new Error(`the event "${taken}" of room ${name} is named like one that every room has; choose another name`)
  }
  checkEntries(`event of room ${name}`, room.events)
  checkSizes(`event of room ${name}`, room.events)
  for (const [event, { to, delivery, publish }] of Object.entries(room.events ?? {})) {
    if (to === 'server' && (delivery !== 'volatile' || publish !== 'members'))
      throw new Error(
        `the event "${event}" of room ${name} goes to the server, which only a volatile one of members can; make it a request`,
      )
  }
  checkRequests(`request of room ${name}`, room.requests)
  checkSeries(name, room.series)
  checkDisjoint(`room ${name}`, room.events, room.requests)
  if (room.flushMs !== undefined && !(room.flushMs >= 0 && room.flushMs <= 10_000)) {
    throw new Error(`flushMs of room ${name} must be 0 to 10000 ms`)
  }
  for (const [limit, value] of Object.entries(room.history ?? {})) {
    if (!(value > 0))
      throw new Error(`${limit} of the history of room ${name} must be above 0; Infinity lifts the limit`)
  }
}

const dayMs = 86_400_000

function checkSeries(room: string, series: RoomEntry['series'] = {}): void {
  checkEntries(`series of room ${room}`, series)
  for (const [name, { fields, stepMs, retentionMs, stepRetentionMs, maxKeys }] of Object.entries(series)) {
    const what = `the series "${name}" of room ${room}`
    if (fields.length === 0 || fields.length > 32 || new Set(fields).size < fields.length)
      throw new Error(`${what} must have 1 to 32 different fields`)
    for (const field of fields) {
      const fault = entryNameFault(field)
      if (fault) throw new Error(`the field "${field}" of ${what} ${fault}; choose another name`)
    }
    if (!Number.isInteger(stepMs) || stepMs < 10 || stepMs > 3_600_000)
      throw new Error(`stepMs of ${what} must be a whole number, 10 to 3600000`)
    if (!Number.isInteger(retentionMs) || retentionMs < stepMs || retentionMs > 400 * dayMs)
      throw new Error(`retentionMs of ${what} must be a whole number, from its stepMs to 400 days`)
    const isKept = Number.isInteger(stepRetentionMs) && stepRetentionMs >= 10 * stepMs && stepRetentionMs <= retentionMs
    if (stepRetentionMs !== retentionMs && !isKept)
      throw new Error(`stepRetentionMs of ${what} must be a whole number, from ten times its stepMs to its retentionMs`)
    if (!Number.isInteger(maxKeys) || maxKeys < 1 || maxKeys > 10_000)
      throw new Error(`maxKeys of ${what} must be a whole number, 1 to 10000`)
  }
}

function checkRequests(what: string, requests: Readonly<Record<string, RequestEntry>> = {}): void {
  checkEntries(what, requests)
  for (const [name, { errors }] of Object.entries(requests)) {
    for (const code of Object.keys(errors)) {
      if (isErrorCode(code))
        throw new Error(`the ${what} "${name}" declares ${code}, which is the framework's own; choose another code`)
      if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(code)) {
        throw new Error(
          `the error code "${code}" of the ${what} "${name}" must be 1 to 64 of A-Z 0-9 _ and begin with a letter`,
        )
      }
    }
  }
}

function checkEntries(what: string, entries: Readonly<Record<string, { readonly version?: number }>> = {}): void {
  for (const [name, { version = 1 }] of Object.entries(entries)) {
    const fault = entryNameFault(name)
    if (fault) throw new Error(`the ${what} "${name}" ${fault}; choose another name`)
    if (!isEntryVersion(version))
      throw new Error(`the version of the ${what} "${name}" must be a whole number, 1 to 1000000`)
  }
}

/** A member's publish and a request look alike on the wire, and so do an event and a question. */
function checkDisjoint(where: string, left: object = {}, right: object = {}): void {
  for (const name of Object.keys(left)) {
    if (Object.hasOwn(right, name)) throw new Error(`"${name}" is declared twice in ${where}; rename one of the two`)
  }
}
