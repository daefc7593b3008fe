import { Choice, Field, PeoplePicker, type Suggestion } from '@millrace/app-design'
import { useState, type ReactElement } from 'react'
import { Page, Specimen } from './specimen.tsx'
import { suggestPeople } from './suggest-people.ts'

export function FieldsPage(): ReactElement {
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<readonly Suggestion[]>([{ id: 'u2', label: 'Grace Hopper' }])
  return (
    <Page>
      <Specimen title="Fields" isStacked>
        <Field
          label="Title"
          hint="What the conversation is about, up to 60 characters."
          value={name}
          maxLength={60}
          onChange={({ target }) => setName(target.value)}
        />
        <Field label="Search" isLabelHidden type="search" icon="search" placeholder="Search people and conversations" />
        <Field label="Your name" defaultValue="<script>" error="A name has letters. Take another one." />
        <Field label="Closed" defaultValue="cannot be changed" disabled />
      </Specimen>
      <Specimen title="Choices" isStacked>
        <Choice type="radio" name="kind" label="Open" hint="Everybody may find it and join." defaultChecked />
        <Choice type="radio" name="kind" label="Closed" hint="Only those you choose." />
        <Choice type="checkbox" label="Notify me" />
        <Choice type="checkbox" label="Not available" disabled />
      </Specimen>
      <Specimen title="People" isStacked>
        <PeoplePicker label="Members" suggest={suggestPeople} chosen={chosen} onChange={setChosen} />
      </Specimen>
    </Page>
  )
}
