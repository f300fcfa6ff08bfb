import CKernels
@testable import Groundwork
import Testing

/// Persistence pairs as the C kernel finds them, and Betti numbers by looking at every threshold.
struct Landscape {
  let size: Size
  let values: [Float]

  /// Few distinct values, so that many are equal.
  init(_ size: Size, seed: UInt64, levels: Int) {
    var random = RandomStream(seed: seed, purpose: .init("landscape"))
    self.size = size
    values = (0..<size.area).map { _ in Float(random.below(levels)) - 2 }
  }

  /// When a component or a hole appears and when it is gone, the first at the higher value.
  func lives(ofHoles: Bool) -> [(born: Float, gone: Float)] {
    var order = [Int32](repeating: 0, count: size.area)
    var items = [UInt64](repeating: 0, count: 2 * size.area)
    ck_falling_order(values, size.area, &order, &items)
    if ofHoles { order.reverse() }
    var pairs = [ck_persistence_pair](repeating: .init(), count: size.area)
    var scratch = [Int32](repeating: 0, count: 2 * size.area + 2)
    let count = ck_persistence_pairs(
      order, Int32(size.height), Int32(size.width), ofHoles ? 0 : 1, ofHoles ? 1 : 0, &pairs,
      &scratch)
    return pairs[..<count].map { pair in
      let peak = values[Int(pair.peak)]
      let saddle = pair.saddle < 0 ? -Float.infinity : values[Int(pair.saddle)]
      return ofHoles ? (saddle, peak) : (peak, saddle)
    }
  }

  /// By filling regions: of the pixels that are at least as high, touching at corners, or of the others,
  /// touching at edges and not reaching the image's end.
  func count(atLeast level: Float, ofHoles: Bool) -> Int {
    var rest = Set(values.indices.filter { (values[$0] >= level) != ofHoles })
    var regions = 0
    while let first = rest.popFirst() {
      var (front, isOpen) = ([first], false)
      while let pixel = front.popLast() {
        let (y, x) = pixel.quotientAndRemainder(dividingBy: size.width)
        isOpen = isOpen || y == 0 || x == 0 || y == size.height - 1 || x == size.width - 1
        for (dy, dx) in [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1)]
        where !ofHoles || dy == 0 || dx == 0 {
          let inside = (0..<size.height).contains(y + dy) && (0..<size.width).contains(x + dx)
          let near = (y + dy) * size.width + x + dx
          if inside, rest.remove(near) != nil { front.append(near) }
        }
      }
      regions += ofHoles && isOpen ? 0 : 1
    }
    return regions
  }
}

@Suite("Persistence pairs")
struct PersistenceTests {
  @Test(
    "those that live at a level are as many as there are components and holes",
    arguments: [(1, 1), (1, 6), (5, 1), (3, 3), (5, 4), (6, 7), (7, 7)], [3, 40])
  func bettiNumbers(size: (Int, Int), levels: Int) {
    for seed in 0..<20 {
      let landscape = Landscape(
        Size(height: size.0, width: size.1), seed: UInt64(seed), levels: levels)
      for ofHoles in [false, true] {
        let lives = landscape.lives(ofHoles: ofHoles)
        for level in Set(landscape.values) {
          let living = lives.count { $0.born >= level && $0.gone < level }
          #expect(living == landscape.count(atLeast: level, ofHoles: ofHoles))
        }
      }
    }
  }

  @Test("the order is that of falling values, of equals the first before")
  func order() {
    let values: [Float] = [0, -1, 2.5, 2.5, -.infinity, .infinity, -1, 1e-30, -1e-30, 3]
    var order = [Int32](repeating: 0, count: values.count)
    var items = [UInt64](repeating: 0, count: 2 * values.count)
    ck_falling_order(values, values.count, &order, &items)
    #expect(order == [5, 9, 2, 3, 7, 0, 8, 1, 6, 4])
  }
}
