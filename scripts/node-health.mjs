// What the image's health check runs: exit code 0 where the node in this container lives. Whether it delivers is the load
// balancer's question: a node is not to be started again because its Redis is away.
const { PORT = '3000' } = process.env
try {
  const { ok } = await fetch(`http://127.0.0.1:${PORT}/healthz`)
  process.exitCode = ok ? 0 : 1
} catch {
  process.exitCode = 1
}
