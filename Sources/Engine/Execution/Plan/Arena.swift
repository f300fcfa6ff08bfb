/// Places buffers with known lifetimes into one block of memory, so that buffers which are never
/// alive together share bytes.
struct Arena {
  struct Request {
    var bytes: Int
    /// Moments of use, first and last included. Between two lifetimes the bytes may be another's.
    var lifetimes: [ClosedRange<Int>]

    /// The lifetimes in order, those that meet united.
    var disjointLifetimes: [ClosedRange<Int>] {
      lifetimes.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { united, next in
        if let last = united.last, next.lowerBound <= last.upperBound + 1 {
          united[united.count - 1] = last.lowerBound...max(last.upperBound, next.upperBound)
        } else {
          united.append(next)
        }
      }
    }

    func isAlive(with other: Request) -> Bool {
      lifetimes.contains { lifetime in other.lifetimes.contains { $0.overlaps(lifetime) } }
    }
  }

  private(set) var requests: [Request] = []

  /// - Returns: the number under which ``layout()`` gives the buffer's place.
  mutating func reserve(bytes: Int, lifetimes: [ClosedRange<Int>]) -> Int {
    requests.append(Request(bytes: bytes, lifetimes: lifetimes))
    return requests.count - 1
  }

  /// The most bytes that are alive at once: what no layout can do with less.
  var leastBytes: Int {
    let moments = (requests.flatMap(\.lifetimes).map(\.upperBound).max() ?? 0) + 2
    var changes = [Int](repeating: 0, count: moments)
    for request in requests {
      for lifetime in request.disjointLifetimes {
        changes[lifetime.lowerBound] += request.bytes
        changes[lifetime.upperBound + 1] -= request.bytes
      }
    }
    var (alive, most) = (0, 0)
    for change in changes {
      alive += change
      most = max(most, alive)
    }
    return most
  }

  /// Offsets in bytes, multiples of 64, and the bytes in all. Greedy: the largest first, each at
  /// the lowest gap among those it lives together with (Pisarchyk & Lee, "Efficient Memory
  /// Management for Deep Neural Net Inference", 2020).
  func layout() -> (offsets: [Int], bytes: Int) {
    let order = requests.indices.sorted {
      (requests[$0].bytes, $1) > (requests[$1].bytes, $0)
    }
    var offsets = [Int](repeating: 0, count: requests.count)
    var placed: [Int] = []  // by offset
    var total = 0
    for index in order where requests[index].bytes > 0 {
      let bytes = (requests[index].bytes + 63) / 64 * 64
      var offset = 0
      for other in placed where requests[other].isAlive(with: requests[index]) {
        if offset + bytes <= offsets[other] { break }
        offset = max(offset, offsets[other] + (requests[other].bytes + 63) / 64 * 64)
      }
      offsets[index] = offset
      total = max(total, offset + bytes)
      let position = placed.firstIndex { offsets[$0] > offset } ?? placed.count
      placed.insert(index, at: position)
    }
    return (offsets, total)
  }
}
