import { pageConfig } from '@millrace/app-design/vite-page'

export default pageConfig()
