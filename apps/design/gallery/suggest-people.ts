import type { Suggestion } from '@millrace/app-design'
import { people } from './people.ts'

/** As a server would do it: those whose names begin so. It fails for `nobody`. */
export async function suggestPeople(query: string): Promise<readonly Suggestion[]> {
  if (query === 'nobody') throw new Error('no directory')
  const found = people.filter(({ name }) => name.toLowerCase().startsWith(query.toLowerCase()))
  return found.map(({ id, name }) => ({ id, label: name }))
}
