import { burst } from './burst.ts'
import { connect } from './connect.ts'
import { fanOut } from './fan-out.ts'
import { idle } from './idle.ts'
import { request } from './request.ts'
import type { Scenario } from './scenario.ts'

export const scenarios: readonly Scenario[] = [fanOut, burst, request, idle, connect]
