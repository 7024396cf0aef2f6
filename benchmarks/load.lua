-- What wrk asks for (the lines of the file that is named after "--", one after the other) and how it tells what it measured.

local paths, asked = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do paths[#paths + 1] = line end
end

function request()
  asked = asked + 1
  return wrk.format("GET", paths[asked % #paths + 1], { ["Accept-Encoding"] = "gzip, deflate, br, zstd" })
end

function done(summary, latency)
  local errors = summary.errors
  local all = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print("measured:", summary.requests, latency:percentile(50) / 1000, latency:percentile(95) / 1000, summary.bytes, all)
end
