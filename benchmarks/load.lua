-- What wrk sends, from a file of requests, and its summary as one line of JSON.
-- A line is METHOD, PATH, HEADERS (`Name: value`, joined by `|`), BODY, separated by tabs. Where one holds `{n}` it is
-- another request each time: `{n}` is a number that this run uses once, `{ip}` an address made of it.

local fixed, fresh, place, number, run = {}, {}, 0, 0, 0

local function headers_of(text)
  local headers = {}
  for name, value in text:gmatch("([^:|]+): ([^|]*)") do headers[name] = value end
  return headers
end

local function formatted(line)
  local method, path, headers, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
  if body == "" then body = nil end
  return wrk.format(method, path, headers_of(headers), body)
end

function init(args)
  run = tonumber(args[2])
  for line in io.lines(args[1]) do
    if line:find("{n}", 1, true) or line:find("{ip}", 1, true) then
      fresh[#fresh + 1] = line
    else
      fixed[#fixed + 1] = formatted(line)
    end
  end
  request = #fresh > 0 and next_fresh or next_fixed
end

function next_fixed()
  place = place % #fixed + 1
  return fixed[place]
end

function next_fresh()
  place = place % #fresh + 1
  number = number + 1
  local unique = string.format("%d-%d", run, number)
  local address = string.format("%d.%d.%d.%d", 11 + run % 200, math.floor(number / 65536) % 256,
    math.floor(number / 256) % 256, number % 256)
  return formatted((fresh[place]:gsub("{n}", unique):gsub("{ip}", address)))
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    'result {"requests": %d, "seconds": %.6f, "p50": %.3f, "p99": %.3f, "longest": %.3f, "refused": %d, "failed": %d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
