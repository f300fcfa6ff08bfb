@testable import Datasets
import Testing
@testable import Training

@Suite("Tensor digest")
struct TensorDigestTests {
  func digest(_ values: [Float]) -> UInt64 {
    values.withUnsafeBufferPointer { TensorDigest.digest($0) }
  }

  @Test("any bit flipped anywhere shows", arguments: [1, 2, 15, 16, 17, 33])
  func flippedBits(count: Int) {
    let values = (0..<count).map { Float($0) * 0.25 - 1 }
    var seen: Set = [digest(values)]
    for index in values.indices {
      for bit in 0..<32 {
        var changed = values
        changed[index] = Float(bitPattern: values[index].bitPattern ^ (1 << UInt32(bit)))
        seen.insert(digest(changed))
      }
    }
    #expect(seen.count == 1 + 32 * count)
  }

  @Test("any two different values swapped shows")
  func swapped() {
    let values = (0..<40).map { Float($0) }
    var seen: Set = [digest(values)]
    for first in values.indices {
      for second in values.indices where second > first {
        var changed = values
        changed.swapAt(first, second)
        seen.insert(digest(changed))
      }
    }
    #expect(seen.count == 1 + 40 * 39 / 2)
  }

  @Test("zeros of either sign and of any number differ")
  func zeros() {
    #expect(digest([0]) != digest([-0.0]))
    #expect(Set((0...40).map { digest(Array(repeating: 0, count: $0)) }).count == 41)
  }

  @Test("equal bits have equal digests, on every machine")
  func fixed() {
    #expect(digest([1, -2, 3.5]) == digest([1, -2, 3.5]))
  }
}
