import Foundation
@testable import Groundwork
import Testing

/// Numbers from PyTorch that the engine is compared with; the scripts that made them lie beside.
struct Fixture {
  /// A tensor of the fixture, in the order of its shape, the last index fastest.
  struct Tensor {
    let shape: [Int]
    let values: [Float]
  }

  /// What the manifest says besides the tensors.
  let manifest: Manifest
  private let tensors: [String: Tensor]

  /// Tensor names in the order in which the script wrote them.
  var names: [String] { manifest.tensors.map { $0.name } }

  /// - Throws: ``MissingTensor`` where the script wrote no tensor of that name.
  subscript(name: String) -> Tensor {
    get throws {
      guard let tensor = tensors[name] else { throw MissingTensor(name: name) }
      return tensor
    }
  }

  /// `[N, H, W]` class ids; 255 is ignored.
  var labels: [Label] {
    get throws { try self["labels"].values.map { Label($0) }.ignoring255 }
  }

  /// Reads the manifest `<name>.json` and the values, 32-bit little-endian floats, of `<name>.f32`.
  /// - Parameter name: `unet`, `unet-batch-norm` or `enet`.
  static func load(_ name: String) throws -> Fixture {
    let manifest = try decode(Manifest.self, from: "\(name).json")
    let data = try Data(contentsOf: url("\(name).f32"))
    var tensors: [String: Tensor] = [:]
    for entry in manifest.tensors {
      let count = entry.shape.reduce(1, *)
      let bytes = entry.offset * 4..<(entry.offset + count) * 4
      try #require(bytes.upperBound <= data.count, "'\(entry.name)' ends beyond \(name).f32")
      let values = data.withUnsafeBytes { buffer in
        (0..<count).map { index in
          let bits = buffer.loadUnaligned(
            fromByteOffset: bytes.lowerBound + index * 4, as: UInt32.self)
          return Float(bitPattern: UInt32(littleEndian: bits))
        }
      }
      tensors[entry.name] = Tensor(shape: entry.shape, values: values)
    }
    return Fixture(manifest: manifest, tensors: tensors)
  }

  /// A JSON file of the fixtures' folder.
  static func decode<Value: Decodable>(_ type: Value.Type, from file: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: url(file)))
  }

  static func url(_ file: String) throws -> URL {
    let folder = try #require(Bundle.module.resourceURL)
    return folder.appending(path: "Fixtures").appending(path: file)
  }
}

extension Fixture {
  struct MissingTensor: Error {
    let name: String
  }

  struct Manifest: Decodable {
    /// What the numbers are and how they were computed.
    var about: String
    /// `loss`, and as `float32.…` how far PyTorch's own float32 is from the fixture: what tolerance
    /// is fair.
    var scalars: [String: Double]
    var tensors: [Entry]
    /// Gradients that are too large to keep whole; empty where every one is a tensor.
    var sampledGradients: [SampledGradient]

    struct Entry: Decodable {
      var name: String
      var shape: [Int]
      /// Of the first value, in values.
      var offset: Int
    }
  }

  /// A gradient by its sum, its Euclidean norm and a few entries.
  struct SampledGradient: Decodable {
    var name: String
    var shape: [Int]
    var sum: Double
    var norm: Double
    /// Flat indices, and the values there.
    var indices: [Int]
    var values: [Double]
  }
}

/// |Δ| ≤ 1e-6 + 2e-5 · |reference|: what a computation in `Float` may be off from one in `Double`.
func isClose(_ value: Double, _ reference: Double) -> Bool {
  abs(value - reference) <= 1e-6 + 2e-5 * abs(reference)
}

func isClose(_ value: Float, _ reference: Double) -> Bool { isClose(Double(value), reference) }
