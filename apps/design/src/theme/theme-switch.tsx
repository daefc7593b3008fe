import { useId, useSyncExternalStore, type ReactElement } from 'react'
import { Icon } from '../icon.tsx'
import { currentTheme, onTheme, setTheme, themes, type Theme } from './theme.ts'

const faces = {
  system: { icon: 'system', label: 'As the system' },
  light: { icon: 'sun', label: 'Light' },
  dark: { icon: 'moon', label: 'Dark' },
} as const satisfies Record<Theme, unknown>

/** System, light or dark: kept in this browser, in every tab at once. */
export function ThemeSwitch(): ReactElement {
  const name = useId()
  const chosen = useSyncExternalStore(onTheme, currentTheme)
  return (
    <fieldset className="mr-theme">
      <legend className="mr-unseen">Theme</legend>
      {themes.map((theme) => (
        <label key={theme} className="mr-theme-choice" title={faces[theme].label}>
          <input
            type="radio"
            className="mr-unseen"
            name={name}
            value={theme}
            checked={theme === chosen}
            onChange={() => setTheme(theme)}
          />
          <Icon name={faces[theme].icon} size="small" />
          <span className="mr-unseen">{faces[theme].label}</span>
        </label>
      ))}
    </fieldset>
  )
}
