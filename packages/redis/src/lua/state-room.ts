/**
 * What the scripts on keyed state begin with. KEYS: 1 the room's hash, 2 values by place (hash), 3 places that have a value by
 * version (sorted set), 4 removed places by version, 5 the ids of the last versions (list, the newest at the end). ARGV: 2 the
 * epoch of a room that begins now, 3 for how long (ms) an empty room is remembered.
 */
export const stateRoom = `
local r

local function expire()
  for i = 1, 5 do redis.call('PEXPIRE', KEYS[i], num(math.max(1, r.forgetAt - now))) end
end

local function save()
  redis.call('HSET', KEYS[1], 'epoch', r.epoch, 'version', num(r.version), 'id', r.id, 'forgetAt', num(r.forgetAt))
end

local function begin()
  redis.call('DEL', unpack(KEYS, 1, 5))
  r = { epoch = ARGV[2], version = 0, id = '', size = 0, forgetAt = now + ARGV[3] }
  redis.call('RPUSH', KEYS[5], '')
  save()
  expire()
end

local function load()
  local f = redis.pcall('HMGET', KEYS[1], 'epoch', 'version', 'id', 'forgetAt')
  if f.err or not (f[1] and tonumber(f[2]) and f[3] and tonumber(f[4])) then return begin() end
  r = { epoch = f[1], version = tonumber(f[2]), id = f[3], forgetAt = tonumber(f[4]), size = redis.pcall('HLEN', KEYS[2]) }
  -- Parts that do not fit together, or are of another type, are a loss.
  local places, removed = redis.pcall('ZCARD', KEYS[3]), redis.pcall('ZCARD', KEYS[4])
  local newest = redis.pcall('LINDEX', KEYS[5], -1)
  if type(r.size) ~= 'number' or places ~= r.size or type(removed) ~= 'number' or newest ~= r.id then return begin() end
  if r.size == 0 and now >= r.forgetAt then return begin() end
end
`
