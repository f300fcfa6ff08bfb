@testable import Datasets
@testable import Experiments
import Foundation

/// Specs and data that train in a blink.
enum SmallSpecs {
  /// Two trials on scenes that the program draws.
  static func generated(epochs: Int = 2, rates: [String] = ["1e-2", "1e-3"]) -> String {
    """
    experiment: tiny
    seed: 7
    data:
      generated: {train: 8, validation: 4, size: [32, 32], classes: 3, seed: 3}
    template: {name: unet, base_channels: 4, depth: 2}
    losses: [cross_entropy, dice]
    solver: {type: ADAM, base_lr: 1e-2}
    augmentation: [mirror]
    training: {epochs: \(epochs), batch_size: 4}
    limits: {threads: 1}
    sweep:
      parameters:
        solver.base_lr: [\(rates.joined(separator: ", "))]

    """
  }

  /// One trial on the data that ``Workplace/writeData()`` writes.
  static let lists = """
    experiment: lists
    data:
      root: data
      train: train.txt
      validation: val.txt
      classes: [background, square]
    template: {name: unet, base_channels: 4, depth: 2}
    losses: cross_entropy
    solver: {type: SGD, base_lr: 1e-2}
    training: {epochs: 1, batch_size: 2}
    limits: {threads: 1}

    """
}

extension String {
  /// The spec with a second head and every loss that looks at it.
  var withEdgeHead: String {
    replacingOccurrences(of: "depth: 2}", with: "depth: 2, edge_head: true}")
      .replacingOccurrences(
        of: "losses: [cross_entropy, dice]",
        with: "losses: [cross_entropy, edge, edge_attention, {dual_task: {weight: 0.5}}]")
  }
}

extension Workplace {
  /// Six grey images of 32×32 with a bright square, masks that say where it is, and two lists.
  func writeData() throws {
    for number in 0..<6 {
      try writeImage("data/images/\(number).png", squareAt: 2 * number)
      try writeMask("data/masks/\(number).png", squareAt: 2 * number)
    }
    func lines(_ numbers: Range<Int>) -> String {
      numbers.map { "images/\($0).png masks/\($0).png\n" }.joined()
    }
    try write(lines(0..<4), to: "data/train.txt")
    try write(lines(4..<6), to: "data/val.txt")
  }

  func writeImage(_ name: String, squareAt start: Int) throws {
    let pixels = Self.square(at: start, size: 32).flatMap { isSquare in
      [UInt8](repeating: isSquare ? 200 : 40, count: 3)
    }
    try write(PlainPNG.data(.colour, width: 32, height: 32, pixels: pixels), to: name)
  }

  /// - Parameter id: of the square's class.
  func writeMask(_ name: String, squareAt start: Int, size: Int = 32, id: UInt8 = 1) throws {
    let pixels = Self.square(at: start, size: size).map { $0 ? id : 0 }
    try write(PlainPNG.data(.grey, width: size, height: size, pixels: pixels), to: name)
  }

  private static func square(at start: Int, size: Int) -> [Bool] {
    let sides = start..<(start + 12)
    return (0..<size * size).map { sides.contains($0 / size) && sides.contains($0 % size) }
  }
}
