import Foundation
@testable import Groundwork

/// A step of training of a template, forward and backward, as PyTorch computes it in double precision.
/// `Fixtures/parity/make.py` writes it and says how its numbers came about.
struct ParityFixture: Decodable, Sendable {
  let template: String
  let settings: [String: WrittenValue]
  /// N, C, H, W, or N, C, D, H, W.
  let input: [Int]
  /// Which of the streams of images goes in.
  let images: Int
  let classes: Int
  /// How far PyTorch's own float32 is from the heads here, relative to the largest value.
  let float32: Double
  /// In the network's order.
  let heads: [Head]
  let parameters: [Parameter]
  let statistics: [Norm]

  struct Head: Decodable, Sendable {
    let name: String
    let shape: [Int]
    let sum: Double
    let absoluteSum: Double
    /// At evenly spread places.
    let values: [Double]
  }

  /// A parameter and its gradient.
  struct Parameter: Sendable {
    let name: String
    let shape: [Int]
    /// What the parameter's values lie around, and how far from it.
    let centre: Float
    let limit: Float
    /// How far PyTorch's own float32 is from the gradient here; 0 where it is close.
    let float32: Double
    let sum: Double
    /// Euclidean.
    let norm: Double
    /// Of the magnitudes.
    let largest: Double
    /// At evenly spread places.
    let values: [Double]
  }

  /// The running statistics of a norm after the step.
  struct Norm: Sendable {
    let name: String
    let channels: Int
    let meanSum: Double
    let meanMagnitudes: Double
    let varianceSum: Double
  }

  var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.reduce(1, *) } }

  /// The names of the fixtures in their folder.
  static let names: [String] = {
    let url = try? Fixture.url(folder)
    let files = try? FileManager.default.contentsOfDirectory(atPath: url?.path ?? "")
    return (files ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }()

  static func load(_ name: String) throws -> ParityFixture {
    try Fixture.decode(ParityFixture.self, from: "\(folder)/\(name).json")
  }

  private static let folder = "parity"
}

/// Rows, to be short: name, shape, centre, limit, deviation; of the gradient the sum, the norm, the largest magnitude,
/// and three values.
extension ParityFixture.Parameter: Decodable {
  init(from decoder: any Decoder) throws {
    var row = try decoder.unkeyedContainer()
    name = try row.decode(String.self)
    shape = try row.decode([Int].self)
    centre = try row.decode(Float.self)
    limit = try row.decode(Float.self)
    float32 = try row.decode(Double.self)
    sum = try row.decode(Double.self)
    norm = try row.decode(Double.self)
    largest = try row.decode(Double.self)
    var values: [Double] = []
    while !row.isAtEnd { values.append(try row.decode(Double.self)) }
    self.values = values
  }
}

/// Rows of name, channels, and the sums.
extension ParityFixture.Norm: Decodable {
  init(from decoder: any Decoder) throws {
    var row = try decoder.unkeyedContainer()
    name = try row.decode(String.self)
    channels = try row.decode(Int.self)
    meanSum = try row.decode(Double.self)
    meanMagnitudes = try row.decode(Double.self)
    varianceSum = try row.decode(Double.self)
  }
}
