import '@millrace/app-design/style.css'
