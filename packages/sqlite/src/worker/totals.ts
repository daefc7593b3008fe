import type Database from 'libsql'

export type TotalName = 'rooms' | 'stateRooms' | 'appendKeys' | 'claims' | 'answerBytes' | 'series' | 'blobRooms'

/** Counts that would take a scan of their table. Part of the same transactions as what they count. */
export class Totals {
  readonly #values = new Map<TotalName, number>()
  readonly #select: Database.Statement
  readonly #save: Database.Statement
  #isChanged = false

  constructor(database: Database.Database) {
    this.#select = database.prepare('SELECT name, value FROM total')
    this.#save = database.prepare(
      'INSERT INTO total (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    )
    this.reload()
  }

  get(name: TotalName): number {
    return this.#values.get(name) ?? 0
  }

  add(name: TotalName, count: number): void {
    this.#values.set(name, this.get(name) + count)
    this.#isChanged = true
  }

  save(): void {
    if (!this.#isChanged) return
    for (const [name, value] of this.#values) this.#save.run([name, value])
    this.#isChanged = false
  }

  reload(): void {
    this.#values.clear()
    for (const { name, value } of this.#select.all([]) as { name: TotalName; value: number }[])
      this.#values.set(name, value)
    this.#isChanged = false
  }
}
