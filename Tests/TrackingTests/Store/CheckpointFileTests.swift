import Foundation
import HDF5
import Testing

@testable import Tracking

@Suite("Checkpoint file")
struct CheckpointFileTests {
  @Test("tensors are read back with their groups, names and shapes")
  func roundTrip() throws {
    let contents = Samples.checkpoint(4)
    let read = try CheckpointFile.decode(try CheckpointFile.encode(contents))
    #expect(read == contents)
    #expect(read.values(group: "solver/velocity", name: "a") == [-0.25])
    #expect(read.values(group: "parameters", name: "a") == nil)
  }

  @Test("every bit of a value is kept")
  func bits() throws {
    let values: [Float] = [
      .nan, -.infinity, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    ]
    let contents = CheckpointContents(
      Samples.point(1),
      tensors: [TensorContents(group: "parameters", name: "w", shape: [5], values: values)])
    let read = try CheckpointFile.decode(try CheckpointFile.encode(contents))
    #expect(read.tensors[0].values.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test("equal contents are equal bytes, larger than the memory that a file starts with too")
  func equalBytes() throws {
    var contents = Samples.checkpoint(1)
    contents.tensors.append(
      TensorContents(
        group: "parameters", name: "large", shape: [1 << 20],
        values: [Float](repeating: 0.5, count: 1 << 20)))
    let first = try CheckpointFile.encode(contents)
    #expect(try CheckpointFile.encode(contents) == first)
    #expect(try CheckpointFile.decode(first).tensors.count == contents.tensors.count)
  }

  @Test("another kind of file is refused")
  func otherFormat() throws {
    let file = try HDF5File()
    try file.root.setAttribute("format", to: "something else")
    try file.root.setAttribute("format_version", to: 1)
    let image = try file.image()
    #expect(throws: HDF5Error.self) { try CheckpointFile.decode(image) }
  }

  @Test("two tensors of one name are refused")
  func sameName() {
    let tensor = TensorContents(group: "parameters", name: "w", shape: [1], values: [1])
    #expect(throws: HDF5Error.self) {
      try CheckpointFile.encode(CheckpointContents(Samples.point(1), tensors: [tensor, tensor]))
    }
  }
}
