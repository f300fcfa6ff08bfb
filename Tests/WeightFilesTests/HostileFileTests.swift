import Testing

@testable import WeightFiles

/// Files that were damaged, or made by someone who wants more than to be read.
@Suite("Hostile weight files")
struct HostileFileTests {
  @Test("a file that ends early is refused, wherever it ends", arguments: Sample.all)
  func truncation(sample: Sample) throws {
    let whole = try WeightFile(sample.bytes).tensors.count
    for count in 0..<sample.bytes.count {
      guard let file = try? WeightFile(Array(sample.bytes.prefix(count))) else { continue }
      // A Caffe model does not say how many layers it has.
      #expect(file.format == .caffe && file.tensors.count < whole, "\(count) bytes")
    }
  }

  @Test("a zero in a shape hides no product beyond all memory")
  func emptyShapes() throws {
    let shape = "[0,\(1 << 40),\(1 << 40)]"
    let header = #"{"a":{"dtype":"F32","shape":\#(shape),"data_offsets":[0,0]}}"#
    #expect(refusal(SafeTensors.file(header, []))?.contains("beyond all memory") == true)
  }

  @Test("a name cannot steer the terminal on which an error is shown")
  func names() {
    let reason = refusal(
      SafeTensors.file("{" + SafeTensors.entry(#"\u001b[2J"#, "F8", [1], 0, 1) + "}", [0]))
    #expect(reason?.contains("\u{1B}") == false)
    #expect(reason?.contains("\u{FFFD}[2J") == true)
  }

  @Test("a changed byte is refused or read, and never more than that", arguments: Sample.all)
  func corruption(sample: Sample) {
    var bytes = sample.bytes
    // Most of an HDF5 file of libhdf5 is room for more.
    let step = bytes.count > 2000 ? 3 : 1
    for index in stride(from: 0, to: bytes.count, by: step) {
      for change in [0xFF, 1 << UInt8(index % 8)] as [UInt8] {
        bytes[index] ^= change
        _ = refusal(bytes)
        bytes[index] ^= change
      }
    }
  }
}
