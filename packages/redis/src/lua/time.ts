/**
 * `now` in ms since 1970 by Redis's own clock, since the clocks of nodes differ. ARGV[1] replaces it in tests; otherwise it
 * is ''. `num` prints what a Lua number would print as 1e+15;
 * `%.0f` does so too, and takes several times as long.
 */
export const time = `
local now = tonumber(ARGV[1])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000 + math.floor(t[2] / 1000)
end
local function num(n) return string.format('%d', n) end
`
