import '@millrace/app-design/theme'
import { Toasts } from '@millrace/app-design'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Gallery } from './gallery.tsx'

createRoot(document.querySelector('#root') ?? document.body).render(
  <StrictMode>
    <Toasts>
      <Gallery />
    </Toasts>
  </StrictMode>,
)
