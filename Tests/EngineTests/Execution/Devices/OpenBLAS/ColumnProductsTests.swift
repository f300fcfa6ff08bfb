@testable import Datasets
@testable import Execution
@testable import Groundwork
import Testing

struct ColumnProductsTests {
  private let large = Shape(2, 11, 9, 8), small = Shape(2, 3, 5, 4)

  /// The three products with tiles of at most the given number of values.
  private func products(tileValues: Int) -> [[Float]] {
    let products = ColumnProducts(
      large: large, small: small, kernel: [3, 3], stride: [2, 2], padding: [1, 1], threads: 2,
      tileValues: tileValues)
    let scratch = FencedMemory(bytes: products.scratchBytes)
    let weights = 3 * 11 * 9
    func memory(_ count: Int, seed: UInt64) -> FencedMemory {
      var stream = RandomStream(seed: seed, purpose: .shuffle)
      let memory = FencedMemory(bytes: 4 * count)
      for i in 0..<count { memory.floats[i] = stream.uniform(-1, 1) }
      return memory
    }
    let x = memory(large.count, seed: 1), y = memory(small.count, seed: 2)
    let weight = memory(weights, seed: 3)
    let results = [small.count, large.count, weights].map { FencedMemory(bytes: 4 * $0) }
    let pointers = results.map { $0.floats.baseAddress! }
    products.correlate(
      x.floats.baseAddress!, weight: weight.floats.baseAddress!, into: pointers[0], adds: false,
      finish: ColumnProducts.Finish(), scratch: scratch.floats.baseAddress)
    products.spread(
      y.floats.baseAddress!, weight: weight.floats.baseAddress!, into: pointers[1], adds: false,
      finish: ColumnProducts.Finish(), scratch: scratch.floats.baseAddress)
    products.weightGradient(
      large: x.floats.baseAddress!, small: y.floats.baseAddress!, into: pointers[2],
      scratch: scratch.floats.baseAddress)
    #expect(scratch.isFenceIntact && results.allSatisfy { $0.isFenceIntact })
    return results.map { Array($0.floats) }
  }

  @Test("the size of the tiles changes nothing but rounding", arguments: [1, 200, 800, 1200])
  func tiles(tileValues: Int) {
    let whole = products(tileValues: 1 << 19), tiled = products(tileValues: tileValues)
    for (whole, tiled) in zip(whole, tiled) {
      expectClose(tiled.map(Double.init), whole.map(Double.init), "tiles of \(tileValues)")
    }
  }

  @Test("scratch memory stays at a tile a thread however large the image")
  func scratchIsBounded() {
    let large = Shape(8, 64, 512, 512)
    let products = ColumnProducts(
      large: large, small: large, kernel: [3, 3], stride: [1, 1], padding: [1, 1], threads: 4)
    #expect(products.scratchBytes <= 4 * 4 << 19)
  }
}
