import { expect, it } from 'vitest'
import { collabScene } from './collab-scene.ts'

const scene = collabScene()

interface TraceEvent {
  readonly name: string
  readonly args?: { readonly elementCount?: number }
}

it('[COL99] a key in a text of 145,000 characters has the browser look at few elements anew', async () => {
  const hers = await scene.visitor('Ada')
  const paragraph = 'Nothing that was written **here** was lost, and each edit has a number of its own.'
  const text = Array.from({ length: 1_700 }, (_, at) => (at % 10 === 0 ? `## Part ${at}` : paragraph)).join('\n\n')
  expect(text.length).toBeGreaterThan(120_000)
  const id = await scene.write(hers, 'Long', text.slice(0, 145_000))
  const ada = await scene.come(hers, id)
  await ada.preview.locator('.prose > p').last().waitFor()
  await ada.goToLine('Nothing that')
  const events: TraceEvent[] = []
  const tracing = await ada.context.newCDPSession(ada.page)
  tracing.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])))
  await tracing.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline'] },
  })
  await ada.type(' And more.')
  await ada.preview.getByText('of its own. And more.').waitFor()
  const isOver = new Promise<void>((resolve) => tracing.once('Tracing.tracingComplete', () => resolve()))
  await tracing.send('Tracing.end')
  await isOver
  const counts = events.flatMap(({ name, args }) => (name === 'UpdateLayoutTree' ? [args?.elementCount ?? 0] : []))
  expect(counts.length).toBeGreaterThan(5)
  expect(Math.max(...counts)).toBeLessThan(200)
})
