import '@millrace/app-design/style.css'
import './style.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { HomePage } from './page/home-page.tsx'

const place = document.getElementById('page')
if (!place) throw new Error('index.html has no element #page; give it one')
createRoot(place).render(
  <StrictMode>
    <HomePage />
  </StrictMode>,
)
