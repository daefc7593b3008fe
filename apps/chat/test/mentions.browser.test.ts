import { expect, it } from 'vitest'
import { chatScene } from './chat-scene.ts'
import { look } from './look.ts'

const scene = chatScene()

it('[CHP13] a mention is suggested, marked in the list, said in a toast, and told by the system to who looks elsewhere', async () => {
  const [hers, his] = await scene.team('mentions', 'Ada Mentioned', 'Bob')
  if (!hers || !his) throw new Error('two people')
  const ada = await scene.come(hers, { at: 'welcome', permissions: ['notifications'] })
  const bob = await scene.come(his, { at: 'mentions' })
  // A browser without a screen shows no notices, but makes them.
  await ada.page.evaluate(() => {
    const made: string[] = []
    const { Notification: Native } = window
    class Noted extends Native {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options)
        made.push(`${title}: ${options?.body}`)
      }
    }
    Object.assign(window, { Notification: Noted, made })
  })
  const notices = () => ada.page.evaluate(() => (window as unknown as { made: string[] }).made)
  const toast = (text: string) => ada.page.getByRole('region', { name: 'Notices' }).getByText(text)

  await bob.field.pressSequentially('Look, @ada ment')
  await bob.field.fill('Look, ')
  await bob.field.pressSequentially('@ada')
  const option = bob.page.getByRole('listbox', { name: 'People' }).getByRole('option', { name: 'Ada Mentioned' })
  await option.click()
  await expect.poll(() => bob.field.inputValue()).toBe('Look, @Ada Mentioned ')
  await bob.field.pressSequentially('here')
  await bob.field.press('Enter')
  await toast('Bob mentioned you: Look, @Ada Mentioned here').waitFor()
  await ada.conversations.filter({ hasText: 'mentions' }).getByText('1 mentions of you').waitFor()
  expect(await notices()).toEqual([])

  await look(ada, 'hidden')
  await bob.field.pressSequentially('@ada')
  await option.click()
  await bob.field.pressSequentially('and here')
  await bob.field.press('Enter')
  await toast('Bob mentioned you: @Ada Mentioned and here').waitFor()
  await expect.poll(notices).toEqual(['mentions: Bob mentioned you: @Ada Mentioned and here'])

  await look(ada, 'visible')
  const last = ada.page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Open' }).last()
  await last.click()
  await ada.seesStored('and here')
  await ada.conversations.filter({ hasText: 'mentions' }).filter({ hasNotText: 'mentions of you' }).waitFor()
})
