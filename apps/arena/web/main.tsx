import '@millrace/app-design/no-code-from-text'
import '@millrace/app-design/style.css'
import './style.css'
import { keepOffline } from '@millrace/app-design'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ArenaPage } from './view/arena-page.tsx'

const onError = (error: Error): void => console.error(error)

createRoot(document.querySelector('#root') ?? document.body).render(
  <StrictMode>
    <ArenaPage onError={onError} />
  </StrictMode>,
)
await keepOffline().catch(onError)
