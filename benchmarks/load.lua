-- What wrk sends, from a file of requests, and its summary as one line of JSON.
-- A line is METHOD, PATH, HEADERS (`Name: value`, joined by `|`), BODY, separated by tabs. Where one holds `{n}` it is
-- another request each time: `{n}` is a text that no other request has, of this trial or another, `{ip}` an address
-- made of it (RFC 4193, a network of its own). A trial is six hexadecimal digits, a run a number within it.

local fixed, fresh, place, number, run, trial = {}, {}, 0, 0, 0, ""

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
  run, trial = tonumber(args[2]), args[3]
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
  local unique = string.format("%s-%d-%d", trial, run, number)
  local address = string.format("fd%s:%s:%x:%x::1", trial:sub(1, 2), trial:sub(3), run * 16 + math.floor(number / 65536),
    number % 65536)
  return formatted((fresh[place]:gsub("{n}", unique):gsub("{ip}", address)))
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    'result {"requests": %d, "seconds": %.6f, "p50": %.3f, "p99": %.3f, "longest": %.3f, "refused": %d, "failed": %d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    latency.max / 1e3, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
