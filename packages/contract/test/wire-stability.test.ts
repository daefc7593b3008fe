import { expect, it } from 'vitest'
import {
  closeTable,
  errorMeanings,
  errorTable,
  protocolVersion,
  wireNames,
  type CloseCode,
  type ErrorCode,
} from '@millrace/contract'
import { protocolText, tableRows } from './protocol-document.ts'
import { describeWire, wireFingerprint } from './wire-description.ts'

it('[WIR20] the wire is that of the newest line of the history', () => {
  const history = tableRows('version | fingerprint | change')
  // If this fails, the wire changed: raise protocolVersion and add a line to the history in docs/protocol.md.
  expect(history.at(-1)?.slice(0, 2)).toEqual([protocolVersion, wireFingerprint()])
})

it('[WIR20] versions ascend, and each says what changed', () => {
  const history = tableRows('version | fingerprint | change')
  const numbers = history.map(([version = '']) => version.split('.').map(Number))
  numbers.forEach(([major = Number.NaN, minor = Number.NaN], index) => {
    const [lastMajor = 0, lastMinor = 0] = numbers[index - 1] ?? []
    expect(major > lastMajor ? minor === 0 : major === lastMajor && minor === lastMinor + 1).toBe(true)
  })
  for (const [, , change = ''] of history) expect(change).not.toBe('')
})

it('[WIR20] the description holds shapes, names and tables, and no comments', () => {
  const text = describeWire()
  for (const part of [
    'exportinterfaceWireJoined',
    'exporttypeWireEntry',
    'exportinterfacePosition',
    '~frame',
    'OUTCOME_UNKNOWN',
    'SLOW',
  ]) {
    expect(text).toContain(part)
  }
  for (const comment of ['/*', '//', '"meaning"']) expect(text).not.toContain(comment)
})

it('[WIR17] the document shows every error code with its rule', () => {
  const expected = Object.entries(errorTable).map(([code, { fault, happened, retry }]) => [
    code,
    fault,
    happened,
    retry,
  ])
  expect(tableRows('code | fault').map((row) => row.slice(0, 4))).toEqual(expected)
})

it('[WIR17, WIR18] the document says of each code what the tables say', () => {
  for (const [code = '', , , , meaning] of tableRows('code | fault')) {
    expect(meaning).toContain(errorMeanings[code as ErrorCode].replaceAll('`', ''))
  }
  for (const [code = '', , meaning] of tableRows('code | reconnect')) {
    expect(meaning).toContain(closeTable[code as CloseCode].meaning)
  }
})

it('[WIR17] what may have happened is never retried as it is', () => {
  const unknown = Object.values(errorTable).filter(({ happened }) => happened === 'unknown')
  expect(unknown.map(({ retry }) => retry)).toEqual(unknown.map(() => 'never'))
})

it('[WIR18] the document shows every close code with its reconnect', () => {
  const expected = Object.entries(closeTable).map(([code, { reconnect }]) => [code, reconnect])
  expect(tableRows('code | reconnect').map((row) => row.slice(0, 2))).toEqual(expected)
})

it.each(Object.values(wireNames))('[WIR1] the document explains %s', (name) => {
  expect(protocolText).toContain(name)
})
