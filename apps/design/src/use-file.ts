import { useEffect, useState } from 'react'

const mostKept = 40
/** By id: rows leave a page and come back as it scrolls. */
const kept = new Map<string, Promise<Uint8Array>>()

function readOnce(id: string, read: (id: string) => Promise<Uint8Array>): Promise<Uint8Array> {
  const file = kept.get(id) ?? read(id)
  kept.delete(id)
  kept.set(id, file)
  file.catch(() => kept.delete(id))
  for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest)
  return file
}

/**
 * A file that never changes, read when it is first shown. The 40 that were shown last are kept.
 *
 * @param id Undefined: there is none.
 * @returns Undefined while it is being read.
 */
export function useFile(
  id: string | undefined,
  read: (id: string) => Promise<Uint8Array>,
): Uint8Array | 'failed' | undefined {
  const [file, setFile] = useState<Uint8Array | 'failed'>()
  useEffect(() => {
    if (id === undefined) return
    let isWanted = true
    const take = (found: Uint8Array | 'failed') => isWanted && setFile(found)
    readOnce(id, read).then(take, () => take('failed'))
    return () => {
      isWanted = false
    }
  }, [id, read])
  return file
}
