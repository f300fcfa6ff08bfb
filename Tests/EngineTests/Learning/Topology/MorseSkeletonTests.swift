import Foundation
@testable import Groundwork
@testable import Learning
import Testing

@Suite("The discrete Morse skeleton")
struct MorseSkeletonTests {
  private func image(_ size: Size, _ value: (Double, Double) -> Double) -> [Float] {
    (0..<size.area).map {
      Float(value(Double($0 / size.width), Double($0 % size.width)))
    }
  }

  @Test("two Gaussian bumps are joined by one arc where their saddle persists, and else by none")
  func bumps() {
    let size = Size(height: 41, width: 61)
    let values = image(size) { y, x in
      func bump(_ centre: Double) -> Double {
        exp(-(pow(x - centre, 2) + pow(y - 20, 2)) / 72)
      }
      return bump(18) + 0.9 * bump(42)
    }
    // The lower peak is at 0.900, the saddle at 0.257.
    let arc = (18...42).map { 20 * size.width + $0 }
    for persistence: Float in [0.05, 0.3, 0.64] {
      let pixels = MorseSkeleton(persistence: persistence).pixels(of: values, size)
      #expect(pixels.indices.filter { pixels[$0] == 1 } == arc, "\(persistence)")
    }
    for persistence: Float in [0.65, 0.9, 2] {
      #expect(!MorseSkeleton(persistence: persistence).pixels(of: values, size).contains(1))
    }
    let high = MorseSkeleton(persistence: 0.05, least: 0.3).pixels(of: values, size)
    #expect(!high.contains(1))
  }

  @Test("a ring is a closed line of one pixel, around the valley that it parts from the rest")
  func ring() {
    let size = Size(height: 41, width: 41)
    let values = image(size) { y, x in
      let (dy, dx) = (y - 20, x - 20)
      let radius = (dy * dy + dx * dx).squareRoot()
      return exp(-pow(radius - 12, 2) / 8) * (1 + 0.1 * cos(atan2(dy, dx)))
    }
    let pixels = MorseSkeleton(persistence: 0.5).pixels(of: values, size)
    let distances = pixels.indices.filter { pixels[$0] == 1 }.map { pixel in
      let (dy, dx) = (Double(pixel / 41 - 20), Double(pixel % 41 - 20))
      return abs((dy * dy + dx * dx).squareRoot() - 12)
    }
    #expect((64...90).contains(distances.count))
    #expect(distances.allSatisfy { $0 < 1.5 })
    let labels = ImageLabels(labels: pixels.map { 1 - Label($0) }, size: size, hasPlanes: false)
    // Touching at edges, the inside does not reach the outside.
    var reached: Set = [20 * 41 + 20]
    var front = [20 * 41 + 20]
    while let pixel = front.popLast() {
      for near in ImageLabels.neighbours(of: pixel, size) where labels.labels[near] == 1 {
        if reached.insert(near).inserted { front.append(near) }
      }
    }
    #expect(!reached.contains(0))
  }

  /// Branches that part twice, by their pixels.
  private func tree(_ size: Size, seed: UInt64) -> Set<Int> {
    var random = RandomStream(seed: seed, purpose: .init("tree"))
    var line: Set<Int> = []
    func grow(_ y: Double, _ x: Double, _ angle: Double, length: Int, depth: Int) {
      var (y, x, angle) = (y, x, angle)
      for _ in 0..<length {
        angle += 0.08 * random.normals().0
        (y, x) = (y + sin(angle), x + cos(angle))
        let (row, column) = (Int(y), Int(x))
        if (0..<size.height).contains(row), (0..<size.width).contains(column) {
          line.insert(row * size.width + column)
        }
      }
      guard depth > 0 else { return }
      for turn in [-0.5, 0.5] {
        grow(y, x, angle + turn, length: length * 3 / 4, depth: depth - 1)
      }
    }
    grow(Double(size.height) / 2, 2, 0, length: size.width / 3, depth: 2)
    return line
  }

  @Test(
    "a tree in noise of a fifth of its brightness is found: recall and precision at 2 pixels ≥ 0.95",
    arguments: [1, 2, 3])
  func noisyTree(seed: UInt64) {
    let size = Size(square: 192)
    let line = tree(size, seed: seed)
    // The brightness falls off with the distance to the line as a Gaussian does.
    var random = RandomStream(seed: seed, purpose: .init("noise"))
    var values = (0..<size.area).map { _ in Float(0.2 * random.normals().0) }
    var brightness = [Double](repeating: 0, count: size.area)
    for pixel in line {
      forEach(around: pixel, radius: 6, size) { near, squaredDistance in
        brightness[near] = max(brightness[near], exp(-Double(squaredDistance) / 4.5))
      }
    }
    for pixel in values.indices { values[pixel] += Float(brightness[pixel]) }
    let pixels = MorseSkeleton(persistence: 0.02, least: 0.3, deviation: 1)
      .pixels(of: values, size)
    let found = Set(pixels.indices.filter { pixels[$0] == 1 })
    func share(_ of: Set<Int>, near others: Set<Int>) -> Double {
      let hits = of.count { pixel in
        var isNear = false
        forEach(around: pixel, radius: 2, size) { near, squaredDistance in
          isNear = isNear || squaredDistance <= 4 && others.contains(near)
        }
        return isNear
      }
      return Double(hits) / Double(of.count)
    }
    #expect(share(line, near: found) >= 0.95)
    #expect(share(found, near: line) >= 0.95)
  }

  private func forEach(
    around pixel: Int, radius: Int, _ size: Size,
    _ body: (_ near: Int, _ squaredDistance: Int) -> Void
  ) {
    let (y, x) = pixel.quotientAndRemainder(dividingBy: size.width)
    for row in max(0, y - radius)...min(size.height - 1, y + radius) {
      for column in max(0, x - radius)...min(size.width - 1, x + radius) {
        body(row * size.width + column, (row - y) * (row - y) + (column - x) * (column - x))
      }
    }
  }

  @Test("what is equal everywhere has no ridge, in images of every shape")
  func flat() {
    for size in [Size(height: 1, width: 1), Size(height: 1, width: 9), Size(height: 7, width: 5)] {
      let values = [Float](repeating: 0.5, count: size.area)
      let skeleton = MorseSkeleton(persistence: 0, deviation: 2)
      #expect(!skeleton.pixels(of: values, size).contains(1))
    }
  }

  @Test("as postprocessing it closes a gap that a threshold leaves")
  func postprocessing() throws {
    let size = Size(height: 9, width: 21)
    // A line whose probability sinks to 0.4 in its middle.
    let line = image(size) { y, x in
      exp(-pow(y - 4, 2) / 2) * (0.4 + 0.5 * min(1, abs(x - 10) / 6))
    }
    func predicted(_ fields: [String: FieldValue], classesExclude: Bool) throws -> [Bool] {
      let step = try MorseSkeletonLines(FieldValues(fields, of: MorseSkeletonLines.fields))
      var image = ImageProbabilities(
        values: classesExclude ? line.map { 1 - $0 } + line : line, size: size,
        classesExclude: classesExclude, image: nil, threads: 1)
      step.refine(&image)
      return image.decodable.suffix(size.area).map { $0 > (classesExclude ? 0.5 : 0) }
    }
    for classesExclude in [true, false] {
      let alone = try predicted(["deviation": .number(0)], classesExclude: classesExclude)
      #expect(alone[4 * 21 + 4...4 * 21 + 16].allSatisfy { $0 })
      #expect(alone.indices.allSatisfy { !alone[$0] || $0 / 21 == 4 })
      let added = try predicted(
        ["deviation": .number(0), "add": .boolean(true)], classesExclude: classesExclude)
      #expect(added[4 * 21..<5 * 21].allSatisfy { $0 })
      #expect(added.count { $0 } > alone.count { $0 })
      let high = try predicted(["probability": .number(0.9)], classesExclude: classesExclude)
      #expect(!high.contains(true))
    }
  }
}
