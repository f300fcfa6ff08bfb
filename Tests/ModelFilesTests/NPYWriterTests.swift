import Foundation
@testable import ModelFiles
import Testing

@Suite struct NPYWriterTests {
  @Test("the header is a dictionary of Python that ends at a multiple of 64, and the values follow")
  func bytes() {
    let data = NPYWriter.data([1, -2], shape: [1, 2])
    #expect(data.prefix(8) == Data([0x93] + Array("NUMPY".utf8) + [1, 0]))
    let header = String(decoding: data[10..<128], as: UTF8.self)
    #expect(Int(data[8]) + 256 * Int(data[9]) == header.utf8.count)
    #expect(
      header.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }  ")
        && header.hasSuffix(" \n"))
    #expect(data.dropFirst(128) == ModelFilesTests.bytes("00 00 80 3f 00 00 00 c0"))
  }

  @Test("shapes are tuples", arguments: [([3], "(3,)"), ([], "()"), ([1, 2, 1], "(1, 2, 1)")])
  func shapes(shape: [Int], text: String) {
    let data = NPYWriter.data(
      Array(repeating: 0, count: shape.reduce(1, *)), shape: shape)
    #expect(data.count == 128 + 4 * shape.reduce(1, *))
    #expect(String(decoding: data[10..<128], as: UTF8.self).contains("'shape': \(text), }"))
  }
}
