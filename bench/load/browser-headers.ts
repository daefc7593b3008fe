/**
 * What Chrome 131 sends with a WebSocket handshake to a site that keeps a session and two analytics cookies: 1.3 kB with
 * the request line and the four Sec-WebSocket headers that the client adds.
 */
export function browserHeaders(origin: string): Record<string, string> {
  return {
    Origin: origin,
    'User-Agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
    Pragma: 'no-cache',
    'Cache-Control': 'no-cache',
    'Accept-Encoding': 'gzip, deflate, br, zstd',
    'Accept-Language': 'en-GB,en;q=0.9,de-DE;q=0.8,de;q=0.7,en-US;q=0.6',
    'sec-ch-ua': '"Google Chrome";v="131", "Chromium";v="131", "Not_A Brand";v="24"',
    'sec-ch-ua-mobile': '?0',
    'sec-ch-ua-platform': '"Windows"',
    'Sec-Fetch-Dest': 'websocket',
    'Sec-Fetch-Mode': 'websocket',
    'Sec-Fetch-Site': 'same-origin',
    Cookie: cookie,
  }
}

const cookie = [
  '_ga=GA1.1.1738420911.1731930022',
  '_ga_4WTX1HJ5KQ=GS1.1.1732012345.7.1.1732013001.0.0.0',
  '_gid=GA1.2.88123455.1732010111',
  'consent=%7B%22necessary%22%3Atrue%2C%22statistics%22%3Atrue%2C%22marketing%22%3Afalse%2C%22at%22%3A1731930031%7D',
  '_fbp=fb.1.1731930023417.830164229175',
  'theme=dark; locale=en-GB; tz=Europe%2FBerlin; sidebar=open; seen=v3',
  'session=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyLTE3MyIsImlhdCI6MTczMjAxMDAwMCwiZXhwIjoxNzMyMDk2NDAwLCJzaWQiOiI3ZjI5YzA0ZC' +
    '1hYjkxLTRlMWYtOWM2My0wZTVkYjFhMmY4NzYifQ.dGhpcy1pcy1ub3QtYS1yZWFsLXNpZ25hdHVyZS1idXQtbG9uZw',
].join('; ')
