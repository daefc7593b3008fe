import { AppShell, Icon, List, ListItem, SideBar, ThemeSwitch, useHash } from '@millrace/app-design'
import { useState, type ReactElement } from 'react'
import { sections } from './sections.ts'

const logo = new URL('./favicon.svg', import.meta.url).href

/** The shell is itself a component to look at: each section is one of its pages. */
export function Gallery(): ReactElement {
  const hash = useHash()
  const [view, setView] = useState<'side' | 'main'>(hash === '' ? 'side' : 'main')
  const shown = sections.find(({ id }) => id === hash) ?? sections[0]
  const { Body } = shown
  return (
    <AppShell
      sideLabel="Sections"
      side={
        <SideBar
          header={
            <p className="brand">
              <img src={logo} alt="" width="28" height="28" />
              Millrace design
            </p>
          }
          footer={<ThemeSwitch />}
        >
          <List label="Components">
            {sections.map(({ id, title, icon }) => (
              <ListItem
                key={id}
                title={title}
                href={`#${id}`}
                isCurrent={id === shown.id}
                leading={<Icon name={icon} />}
                onSelect={() => setView('main')}
              />
            ))}
          </List>
        </SideBar>
      }
      header={<h1 className="title">{shown.title}</h1>}
      view={view}
      onBack={() => setView('side')}
      backLabel="Back to the sections"
      skipLabel="Skip to the section"
    >
      <Body key={shown.id} />
    </AppShell>
  )
}
