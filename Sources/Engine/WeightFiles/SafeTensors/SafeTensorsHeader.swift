/// Parses the header of a `.safetensors` file: an object of one object for each tensor, nothing deeper.
struct SafeTensorsHeader {
  struct Entry {
    let name: String
    let type: String
    let shape: [Int]
    /// The place of its values behind the header.
    let start: Int
    let end: Int
  }

  private var scanner: JSONScanner

  init(_ reader: ByteReader) { scanner = JSONScanner(reader) }

  /// In the header's order.
  ///
  /// - Throws: where two tensors have one name, or anything is there that the format does not have.
  mutating func entries() throws(Refusal) -> [Entry] {
    var entries: [Entry] = []
    var names: Set<String> = []
    try scanner.require("{")
    if !(try scanner.isNext("}")) {
      repeat {
        let name = try scanner.text()
        try scanner.require(":")
        guard names.insert(name).inserted else {
          throw Refusal.damaged("two tensors in it are called '\(name)'")
        }
        if name == "__metadata__" {
          try skipMetadata()
        } else {
          entries.append(try entry(name))
        }
        guard entries.count <= WeightListing.maximumCount else {
          throw Refusal.damaged("it has more than \(WeightListing.maximumCount) tensors")
        }
      } while try scanner.isNext(",")
      try scanner.require("}")
    }
    try scanner.requireEnd()
    return entries
  }

  /// An object of texts.
  private mutating func skipMetadata() throws(Refusal) {
    try scanner.require("{")
    guard !(try scanner.isNext("}")) else { return }
    repeat {
      _ = try scanner.text()
      try scanner.require(":")
      _ = try scanner.text()
    } while try scanner.isNext(",")
    try scanner.require("}")
  }

  private mutating func entry(_ name: String) throws(Refusal) -> Entry {
    var type: String?
    var (shape, offsets): ([Int]?, [Int]?)
    try scanner.require("{")
    repeat {
      let key = try scanner.text()
      try scanner.require(":")
      switch key {
      case "dtype" where type == nil: type = try scanner.text()
      case "shape" where shape == nil: shape = try scanner.integers()
      case "data_offsets" where offsets == nil: offsets = try scanner.integers()
      default: throw Refusal.damaged("'\(name)' has an unknown or repeated entry '\(key)'")
      }
    } while try scanner.isNext(",")
    try scanner.require("}")
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw Refusal.damaged("'\(name)' lacks its dtype, shape or data_offsets")
    }
    return Entry(name: name, type: type, shape: shape, start: offsets[0], end: offsets[1])
  }
}
