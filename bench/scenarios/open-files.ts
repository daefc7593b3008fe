import { readFileSync } from 'node:fs'

/** What a process opens beside its connections: more than any of the bench does. */
const spare = 500

/** @throws Error of one sentence where the system does not allow a process so many connections. */
export function checkOpenFiles(connections: number): void {
  const most = mostOpenFiles()
  if (most !== undefined && most < connections + spare)
    throw new Error(
      `${connections} connections need ${connections + spare} open files, and a process may have ${most}; raise it with ulimit -n, or take fewer --connections`,
    )
}

/** The hard limit, up to which Node raises its own. Undefined where Linux does not tell. */
function mostOpenFiles(): number | undefined {
  let limits: string
  try {
    limits = readFileSync('/proc/self/limits', 'utf8')
  } catch {
    return undefined
  }
  const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1]
  return hard === undefined || hard === 'unlimited' ? undefined : Number(hard)
}
