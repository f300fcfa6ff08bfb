/// Places buffers with known lifetimes into one block of memory, so that buffers which are never
/// alive together share bytes.
struct Arena {
  struct Request {
    var bytes: Int
    /// Moments of use, first and last included. Between two lifetimes the bytes may be another's.
    var lifetimes: [ClosedRange<Int>]

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
