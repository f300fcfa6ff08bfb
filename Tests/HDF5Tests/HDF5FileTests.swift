import Foundation
import Testing

@testable import HDF5

@Suite("HDF5 files")
struct HDF5FileTests {
  private func sample() throws -> Data {
    let file = try HDF5File()
    try file.root.setAttribute("format", to: "sämple")
    try file.root.setAttribute("empty", to: "")
    try file.root.setAttribute("number", to: -3)
    let group = try file.root.createGroup("group")
    try group.write([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3], to: "a.b")
    try group.write([0.5] as [Double], shape: [], to: "scalar")
    try group.write([Int64.min, .max], shape: [2], to: "integers")
    try group.write([UInt64.max], shape: [1], to: "counts").setAttribute("units", to: "pixels")
    try group.write([] as [Double], shape: [4, 0], to: "nothing")
    try group.write(["straße", "", "x"], to: "texts")
    try group.write([], to: "no texts")
    return try file.image()
  }

  @Test("numbers, texts, shapes and attributes are read back")
  func roundTrip() throws {
    let root = try HDF5File(image: try sample()).root
    #expect(try root.textAttribute("format") == "sämple")
    #expect(try root.textAttribute("empty") == "")
    #expect(try root.integerAttribute("number") == -3)
    #expect(try root.names() == ["group"])
    let group = try root.group("group")
    #expect(
      try group.names()
        == ["a.b", "counts", "integers", "no texts", "nothing", "scalar", "texts"])
    let matrix = try group.dataset("a.b")
    #expect(matrix.shape == [2, 3])
    #expect(try matrix.read(Float.self) == [1, 2, 3, 4, 5, 6])
    #expect(try group.dataset("scalar").shape == [])
    #expect(try group.dataset("scalar").read(Double.self) == [0.5])
    #expect(try group.dataset("integers").read(Int64.self) == [.min, .max])
    #expect(try group.dataset("counts").read(UInt64.self) == [.max])
    #expect(try group.dataset("counts").textAttribute("units") == "pixels")
    #expect(try group.dataset("nothing").shape == [4, 0])
    #expect(try group.dataset("nothing").read(Double.self) == [])
    #expect(try group.dataset("texts").readTexts() == ["straße", "", "x"])
    #expect(try group.dataset("no texts").readTexts() == [])
  }

  @Test("texts that are said to be longer than the file are refused before memory is taken")
  func longTexts() throws {
    let file = try HDF5File()
    try file.root.setAttribute("format", to: "seventh")
    try file.root.write([String](repeating: "fifth", count: 1 << 16), to: "texts")
    var image = try file.image()
    for length: UInt8 in [5, 7] {
      // A text padded with zeros, in UTF-8, of so many bytes.
      let type = try #require(image.firstRange(of: Data([0x13, 0x11, 0, 0, length, 0, 0, 0])))
      image.replaceSubrange(type.upperBound - 4..<type.upperBound, with: [0xFF, 0xFF, 0xFF, 0x7F])
    }
    let changed = image
    #expect(throws: HDF5Error.self) {
      try HDF5File(image: changed).root.dataset("texts").readTexts()
    }
    #expect(throws: HDF5Error.self) { try HDF5File(image: changed).root.textAttribute("format") }
  }

  @Test("equal contents are equal bytes, seconds apart or not")
  func equalBytes() throws {
    let first = try sample()
    // Times in HDF5 files count seconds.
    Thread.sleep(forTimeInterval: 1.1)
    #expect(try sample() == first)
  }

  @Test("errors say what was attempted and carry the library's own words")
  func errors() throws {
    let root = try HDF5File(image: try sample()).root
    let error = try #require(throws: HDF5Error.self) { try root.dataset("absent") }
    #expect(error.description.contains("find '/absent'"))
    #expect(error.causes.contains { $0.contains("doesn't exist") || $0.contains("not found") })
  }

  @Test("a value is not read as another type")
  func types() throws {
    let group = try HDF5File(image: try sample()).root.group("group")
    #expect(throws: HDF5Error.self) { try group.dataset("a.b").read(Double.self) }
    #expect(throws: HDF5Error.self) { try group.dataset("a.b").readTexts() }
    #expect(throws: HDF5Error.self) { try group.dataset("texts").read(Float.self) }
  }

  @Test("bytes that are no HDF5 file are refused", arguments: [0, 1, 8, 100_000])
  func foreignBytes(_ count: Int) {
    #expect(throws: HDF5Error.self) { try HDF5File(image: Data(repeating: 7, count: count)) }
  }

  @Test("names that HDF5 takes for paths are refused", arguments: ["", ".", "a/b", "a\0b"])
  func names(_ name: String) throws {
    let file = try HDF5File()
    #expect(throws: HDF5Error.self) { try file.root.createGroup(name) }
    #expect(throws: HDF5Error.self) { try file.root.write([1.0], shape: [1], to: name) }
  }

  @Test("files may be built and read on many threads at once")
  func threads() async throws {
    let expected = try sample()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask {
          let image = try sample()
          return try image == expected && HDF5File(image: image).root.names() == ["group"]
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }
}
