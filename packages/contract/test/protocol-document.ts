import { readFileSync } from 'node:fs'

export const protocolText = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8')

/** One packet that the document shows. */
export interface ShownPacket {
  readonly text: string
  readonly sender: 'client' | 'server'
  readonly type: 'connect' | 'event' | 'acknowledgement' | 'refusal'
  /** Number of the acknowledgement, asked for or given. */
  readonly ack: number | undefined
  /** Of an event: its name and arguments. Of anything else: its payload alone. */
  readonly values: readonly unknown[]
}

const types = {
  '0': 'connect',
  '2': 'event',
  '3': 'acknowledgement',
  '4': 'refusal',
  '5': 'event',
  '6': 'acknowledgement',
} as const
const packet = /^([CS]) 4([023456])(?:\d+-)?\/chat,(\d*)(.*)$/

export function shownPackets(): readonly ShownPacket[] {
  const blocks = [...protocolText.matchAll(/```text\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
  return blocks.flatMap((block) => block.trim().split('\n')).map(readPacket)
}

function readPacket(text: string): ShownPacket {
  const [, sender, type, ack, json] = packet.exec(text) ?? []
  if (json === undefined) throw new Error(`not a packet of the example: ${text}`)
  const value: unknown = JSON.parse(json, bytesInPlace)
  return {
    text,
    sender: sender === 'C' ? 'client' : 'server',
    type: types[type as keyof typeof types],
    ack: ack ? Number(ack) : undefined,
    values: Array.isArray(value) ? (value as unknown[]) : [value],
  }
}

/** As a Socket.IO parser gives them: an attachment stands where its place was. */
function bytesInPlace(_key: string, value: unknown): unknown {
  const isPlace = typeof value === 'object' && value !== null && '_placeholder' in value
  return isPlace ? new Uint8Array() : value
}

/** Cells of the rows of the table whose head begins with these columns. */
export function tableRows(head: string): readonly (readonly string[])[] {
  const start = protocolText.indexOf(`| ${head}`)
  if (start === -1) throw new Error(`docs/protocol.md has no table with the head ${head}`)
  const table = protocolText.slice(start).split('\n\n')[0] ?? ''
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim().replaceAll('`', '')),
    )
}
