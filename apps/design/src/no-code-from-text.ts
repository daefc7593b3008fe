import { z } from 'zod'

// The content security policy forbids code made from text, which Zod tries when a schema is made. Import this before any schema.
z.config({ jitless: true })
