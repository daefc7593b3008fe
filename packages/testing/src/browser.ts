export { launchChromium } from './launch-chromium.ts'
export { collectComplaints, isServerAway, type ComplaintOptions } from './collect-complaints.ts'
