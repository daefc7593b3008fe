import { openDatabase, type Database, type DatabasePlace } from '@millrace/app-database'
import type { DatabaseFixture } from './ledger-suite.ts'

export function openFixture(place: DatabasePlace, maxNodes: number, remove: () => void): DatabaseFixture {
  const opened: Database[] = []
  return {
    maxNodes,
    open: async (migrations) => {
      const database = await openDatabase(place, 'things', migrations)
      opened.push(database)
      return database
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map((database) => database.close()))
      remove()
    },
  }
}
