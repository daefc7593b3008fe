import { expect, it } from 'vitest'
import { chatScene } from './chat-scene.ts'

const scene = chatScene()
const hostile = [
  '<img src=x onerror="alert(1)"><script>alert(2)</script><b>bold</b>',
  'javascript:alert(3) [click](javascript:alert(4)) &lt;i&gt; &#60;u&#62;',
  'data:text/html,<script>alert(5)</script> vbscript:alert(6) file:///etc/passwd',
  '‮gnp.exe‬ and عربي then עברית',
  '\u2066\u202Eabc 👩🏽‍🚀🏳️‍🌈 ﷽ Z̸̡̛̮a̵͕̋l̶̝͝g̷̢͑o',
  '"><svg/onload=alert(7)> {{7*7}} ${7*7} %3Cscript%3E',
]

it('[CHP16] whatever people write, in names and titles too, is shown as text', async () => {
  const name = '"onclick=alert(1)&lt;b&gt;'
  const title = '<img src=x onerror=alert(9)>'
  const [hers, his] = await scene.team('texts', name, 'علي')
  if (!hers || !his) throw new Error('two people')
  const input = { title, isOpen: false, memberIds: [his.user.id] }
  await hers.ask((space) => space.request('conversation.create', input, { key: 'hostile' }))
  const ada = await scene.come(hers, { at: 'hostile', viewport: { width: 1_200, height: 1_600 } })
  const ali = await scene.come(his, { at: 'hostile', viewport: { width: 1_200, height: 1_600 } })
  const dialogs: string[] = []
  for (const { page } of [ada, ali]) page.on('dialog', (dialog) => void dialogs.push(dialog.message()))
  for (const text of hostile) {
    await ada.say(text)
    await ali.seesStored(text.slice(-6))
  }
  await ali.say('مرحبا بالعالم')
  await ada.seesStored('مرحبا بالعالم')
  for (const { page, log, conversations } of [ada, ali]) {
    const texts = await log.getByRole('article').allInnerTexts()
    for (const [index, text] of hostile.entries()) expect(texts[index]).toContain(text)
    const made = log.locator('img, script, svg[onload], b, i, u, iframe, [onclick], [onerror], [onload]')
    expect(await made.count()).toBe(0)
    expect(await log.getByRole('link').count()).toBe(0)
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe(title)
    await expect.poll(() => conversations.filter({ hasText: title }).count()).toBe(1)
    await expect.poll(() => page.title()).toContain(title)
    expect(await page.locator('img[src="x"]').count()).toBe(0)
  }
  await expect.poll(() => ali.log.getByText(name).first().innerText()).toBe(name)
  const direction = await ada.log.getByText('مرحبا بالعالم').evaluate((text) => getComputedStyle(text).direction)
  expect(direction).toBe('rtl')
  expect(dialogs).toEqual([])
})

it('[CHP16] addresses of http, https and mail are links that open elsewhere and tell nothing of this page', async () => {
  const [hers] = await scene.team('links', 'Ada')
  if (!hers) throw new Error('one person')
  const ada = await scene.come(hers, { at: 'links' })
  await ada.say(
    'See https://example.com/a?b=c#d, http://example.org and mailto:ada@example.com (not ftp://example.net).',
  )
  await ada.seesStored('See https')
  const links = await ada.log
    .getByRole('link')
    .evaluateAll((all) =>
      all.map((link) => [link.getAttribute('href'), link.getAttribute('target'), link.getAttribute('rel')]),
    )
  const apart = ['_blank', 'noopener noreferrer nofollow']
  expect(links).toEqual([
    ['https://example.com/a?b=c#d', ...apart],
    ['http://example.org/', ...apart],
    ['mailto:ada@example.com', ...apart],
  ])
  await ada.context.route('https://example.com/**', (route) => route.fulfill({ body: 'elsewhere' }))
  const opened = ada.context.waitForEvent('page')
  await ada.log.getByRole('link', { name: 'https://example.com/a' }).click()
  const page = await opened
  await page.getByText('elsewhere').waitFor()
  expect(await page.evaluate(() => [window.opener, document.referrer])).toEqual([null, ''])
})
