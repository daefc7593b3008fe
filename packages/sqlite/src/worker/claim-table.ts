import type { Claim } from '@millrace/server'
import type Database from 'libsql'
import type { OperationOf, WorkerOptions } from '../protocol.ts'
import { Refused } from './refused.ts'
import type { Totals } from './totals.ts'

interface ClaimRow {
  readonly serial: number
  readonly digest: string
  readonly at: number
  /** `lost`: the claimant died. `dropped`: the answer made room for others. */
  readonly state: 'running' | 'settled' | 'lost' | 'dropped'
  readonly bytes: number
  readonly answer: string | null
}

/** Which requests were run in the last minutes of wall time. Rows are in the order of their first attempt. */
export class ClaimTable {
  readonly #totals: Totals
  readonly #options: WorkerOptions
  readonly #select: Database.Statement
  readonly #insert: Database.Statement
  readonly #settle: Database.Statement
  readonly #delete: Database.Statement
  readonly #abandon: Database.Statement
  readonly #selectFirst: Database.Statement
  readonly #deleteFirst: Database.Statement
  readonly #firstSettled: Database.Statement
  readonly #drop: Database.Statement

  constructor(database: Database.Database, totals: Totals, options: WorkerOptions) {
    this.#totals = totals
    this.#options = options
    this.#select = database.prepare('SELECT serial, digest, at, state, bytes, answer FROM claim WHERE key = ?')
    this.#insert = database.prepare(
      `INSERT INTO claim (key, digest, claimant, at, state, bytes) VALUES (?, ?, ?, ?, 'running', 0)`,
    )
    this.#settle = database.prepare(`UPDATE claim SET state = 'settled', bytes = ?, answer = ? WHERE serial = ?`)
    this.#delete = database.prepare('DELETE FROM claim WHERE serial = ?')
    this.#abandon = database.prepare(`UPDATE claim SET state = 'lost' WHERE state = 'running' AND claimant = ?`)
    this.#selectFirst = database.prepare('SELECT serial, at, state, bytes FROM claim ORDER BY serial LIMIT ?')
    this.#deleteFirst = database.prepare('DELETE FROM claim WHERE serial <= ?')
    this.#firstSettled = database.prepare(
      `SELECT serial, bytes FROM claim WHERE state = 'settled' ORDER BY serial LIMIT 1`,
    )
    this.#drop = database.prepare(`UPDATE claim SET state = 'dropped', bytes = 0, answer = NULL WHERE serial = ?`)
  }

  claim({ key, digest, claimant }: OperationOf<'claim'>, now: number): Claim {
    const known = this.#find(key, now)
    if (known === undefined) {
      this.expire(now, 4)
      this.#assertRoom(now)
      this.#insert.run([JSON.stringify(key), digest, claimant, now])
      this.#totals.add('claims', 1)
      return { state: 'claimed' }
    }
    if (known.digest !== digest) return { state: 'mismatch' }
    if (known.state === 'settled') return { state: 'settled', answer: known.answer ?? '' }
    return { state: known.state === 'running' ? 'running' : 'lost' }
  }

  /** A handler that outlived a restart of this worker may still settle what is `lost`. */
  settle({ key, answer }: OperationOf<'settle'>, now: number): void {
    const known = this.#find(key, now)
    if (known?.state !== 'running' && known?.state !== 'lost') return
    const bytes = Buffer.byteLength(answer)
    this.#settle.run([bytes, answer, known.serial])
    this.#totals.add('answerBytes', bytes)
    this.#dropAnswers()
  }

  release({ key }: OperationOf<'release'>, now: number): void {
    const known = this.#find(key, now)
    if (known?.state === 'running' || known?.state === 'lost') this.#remove(known)
  }

  forget({ key }: OperationOf<'forget'>, now: number): void {
    const known = this.#find(key, now)
    if (known?.state === 'settled') this.#remove(known)
  }

  abandon({ claimant }: OperationOf<'abandon'>): void {
    this.#abandon.run([claimant])
  }

  /** @param limit Rows that are looked at; the work of one call is bounded. */
  expire(now: number, limit: number): void {
    const rows = this.#selectFirst.all([limit]) as ClaimRow[]
    const firstKept = rows.findIndex(({ at }) => at > now - this.#options.keyWindowMs)
    const expired = firstKept === -1 ? rows : rows.slice(0, firstKept)
    const last = expired.at(-1)
    if (last === undefined) return
    this.#deleteFirst.run([last.serial])
    this.#totals.add('claims', -expired.length)
    this.#totals.add('answerBytes', -expired.reduce((sum, { bytes }) => sum + bytes, 0))
  }

  #find(key: string, now: number): ClaimRow | undefined {
    const row = this.#select.get([JSON.stringify(key)]) as ClaimRow | undefined
    if (row === undefined || row.at > now - this.#options.keyWindowMs) return row
    this.#remove(row)
    return undefined
  }

  #remove({ serial, bytes }: ClaimRow): void {
    this.#delete.run([serial])
    this.#totals.add('claims', -1)
    this.#totals.add('answerBytes', -bytes)
  }

  #assertRoom(now: number): void {
    const { maxKeys } = this.#options
    if (this.#totals.get('claims') >= maxKeys) this.expire(now, 1_000)
    if (this.#totals.get('claims') < maxKeys) return
    throw new Refused(
      'OVERLOADED',
      `the store remembers ${maxKeys} requests of the last 5 minutes and takes no more; retry later`,
    )
  }

  #dropAnswers(): void {
    while (this.#totals.get('answerBytes') > this.#options.maxAnswerBytes) {
      const oldest = this.#firstSettled.get([]) as ClaimRow | undefined
      if (oldest === undefined) return
      this.#drop.run([oldest.serial])
      this.#totals.add('answerBytes', -oldest.bytes)
    }
  }
}
