import type { FaultNode } from './fault-node.ts'

/** Round robin over the nodes that are ready; a cookie keeps long-polling on one. Where none is ready, those that live. */
export function haproxyConfig(port: number, nodes: readonly FaultNode[]): string {
  const servers = nodes.map(({ name, port: target }) => `  server ${name} 127.0.0.1:${target} cookie ${name} check`)
  const backend = (name: string, path: string): string[] => [
    `backend ${name}`,
    '  balance roundrobin',
    '  cookie NODE insert indirect nocache',
    `  option httpchk GET ${path}`,
    '  default-server inter 300ms fastinter 100ms fall 2 rise 1',
    ...servers,
  ]
  return [
    'global',
    '  hard-stop-after 3s',
    'defaults',
    '  mode http',
    '  option redispatch',
    '  timeout connect 1s',
    '  timeout client 60s',
    '  timeout server 60s',
    '  timeout tunnel 1h',
    'frontend web',
    `  bind 127.0.0.1:${port}`,
    '  use_backend alive if { nbsrv(ready) eq 0 }',
    '  default_backend ready',
    ...backend('ready', '/readyz'),
    ...backend('alive', '/healthz'),
    '',
  ].join('\n')
}
