/** What people write to see what happens. */
export const hostileTexts = [
  '<img src=x onerror="document.title=\'broken\'"><script>document.title="broken"</script><b>bold?</b>',
  'javascript:alert(1) JAVASCRIPT://%0aalert(1) data:text/html,<script>1</script> vbscript:x file:///etc/passwd',
  'http://example.com/"onmouseover="document.title=\'broken\' https://example.com/?a=<b>&c=%3Cscript%3E',
  'مرحبا @Ada Lovelace https://example.com/a كيف الحال\nand English on the next line',
  'before \u202Ereversed\u202C after https://example.com/\u202Emoc.evil',
  '👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 with words, e\u0301 and Z\u0351\u036B\u0343a\u0321\u034Elgo',
  `${'a'.repeat(400)} ${'https://example.com/'.padEnd(300, 'x')}`,
  'mailto:ada@example.com and ada@example.com, www.example.com, example.com/path, readme.md, (https://example.com/b).',
] as const
