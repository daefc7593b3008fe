import './no-code-from-text.ts'
import { find } from './element.ts'
import { loadIdentity, saveIdentity, type Identity } from './identity.ts'
import { showChat } from './show-chat.ts'

const entry = find('main', 'entry')
const nameInput = find('input', 'name')

let hasChatted = false

function enter(identity: Identity): void {
  if (hasChatted) return location.reload()
  hasChatted = true
  entry.hidden = true
  showChat(identity, askName)
}

/** Asks for a name; whoever has one already finds it in the field. */
function askName(): void {
  entry.hidden = false
  nameInput.value = loadIdentity()?.name ?? ''
  nameInput.select()
}

find('form', 'entry-form').addEventListener('submit', (submitted) => {
  submitted.preventDefault()
  if (nameInput.value.trim() === '') return nameInput.setCustomValidity('Write a name.')
  enter(saveIdentity(nameInput.value))
})
nameInput.addEventListener('input', () => nameInput.setCustomValidity(''))

const known = loadIdentity()
if (known) enter(known)
else askName()
