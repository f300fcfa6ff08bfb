internal import Protobuf

extension Event {
  /// Reads the payload of a record.
  ///
  /// - Parameter plugins: the plugin of every tag so far: only the first value of a tag has to name it.
  /// - Throws: where it is no message of Protocol Buffers.
  init(
    _ payload: [UInt8], plugins: inout [String: String]
  ) throws(ProtobufError) {
    self.init(wallTime: 0, step: 0)
    var fields = ProtobufReader(payload[...])
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (1, .bytes8(let bits)): wallTime = Double(bitPattern: bits)
      case (2, .integer(let bits)): step = Int(Int64(bitPattern: bits))
      case (3, .part(let text)): fileVersion = String(decoding: text, as: UTF8.self)
      case (5, .part(let summary)): values += try Self.values(of: summary, &plugins)
      default: break
      }
    }
  }

  private static func values(
    of summary: ArraySlice<UInt8>, _ plugins: inout [String: String]
  ) throws(ProtobufError) -> [Value] {
    var (fields, values) = (ProtobufReader(summary), [Value]())
    while let (field, value) = try fields.next() {
      guard case (1, .part(let part)) = (field, value) else { continue }
      values.append(try Value(message: part, &plugins))
    }
    return values
  }
}

extension Event.Value {
  fileprivate init(
    message: ArraySlice<UInt8>, _ plugins: inout [String: String]
  ) throws(ProtobufError) {
    self.init("", .other(plugin: ""))
    var fields = ProtobufReader(message)
    var (plugin, data) = ("", ArraySlice<UInt8>())
    var tensor: EventTensor?
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (1, .part(let text)): tag = String(decoding: text, as: UTF8.self)
      case (2, .bytes4(let bits)): content = .scalar(Double(Float(bitPattern: bits)))
      case (4, .part(let image)): content = try Self.oldImage(image)
      case (5, .part(let histogram)): content = .histogram(try Self.oldHistogram(histogram))
      case (8, .part(let array)): tensor = try EventTensor(array)
      case (9, .part(let metadata)):
        (plugin, data, about) = try Self.metadata(metadata)
      default: break
      }
    }
    if plugin.isEmpty {
      plugin = plugins[tag] ?? ""
    } else {
      plugins[tag] = plugin
    }
    // torch.utils.tensorboard leaves the empty array out.
    if plugin == "hparams", let record = try HyperparameterRecord(data) {
      content = .hyperparameters(record)
    } else if let tensor {
      content = try Self.content(of: tensor, plugin, data)
    }
  }

  /// The name of the plugin, its own bytes, and the description.
  private static func metadata(
    _ message: ArraySlice<UInt8>
  ) throws(ProtobufError) -> (String, ArraySlice<UInt8>, String) {
    var (fields, plugin, data, about) = (ProtobufReader(message), "", ArraySlice<UInt8>(), "")
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (1, .part(let part)):
        var fields = ProtobufReader(part)
        while let (field, value) = try fields.next() {
          switch (field, value) {
          case (1, .part(let name)): plugin = String(decoding: name, as: UTF8.self)
          case (2, .part(let bytes)): data = bytes
          default: break
          }
        }
      case (3, .part(let text)): about = String(decoding: text, as: UTF8.self)
      default: break
      }
    }
    return (plugin, data, about)
  }

  /// What an array means to a plugin; one without a plugin is what its shape says.
  private static func content(
    of tensor: EventTensor, _ plugin: String, _ data: ArraySlice<UInt8>
  ) throws(ProtobufError) -> Event.Content {
    switch plugin {
    case "images" where tensor.texts.count >= 2:
      let extents = tensor.texts.prefix(2).map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
      return .images(
        width: extents[0], height: extents[1], tensor.texts.dropFirst(2).map { Array($0) })
    case "text": return .text(tensor.texts.map { String(decoding: $0, as: UTF8.self) })
    case "scalars", "":
      if tensor.numbers.count == 1, tensor.shape.allSatisfy({ $0 == 1 }) {
        return .scalar(tensor.numbers[0])
      }
      return isHistogram(tensor) ? histogram(tensor) : .other(plugin: plugin)
    case "histograms" where isHistogram(tensor): return histogram(tensor)
    default: return .other(plugin: plugin)
    }
  }

  private static func isHistogram(_ tensor: EventTensor) -> Bool {
    tensor.type == .double && tensor.shape.count == 2 && tensor.shape[1] == 3
      && tensor.numbers.count == tensor.shape[0].multipliedReportingOverflow(by: 3).partialValue
  }

  /// Rows of lower edge, upper edge and count.
  private static func histogram(_ tensor: EventTensor) -> Event.Content {
    .histogram(
      stride(from: 0, to: tensor.numbers.count, by: 3).map { place in
        TrackedHistogram.Bin(
          lower: tensor.numbers[place], upper: tensor.numbers[place + 1],
          count: tensor.numbers[place + 2])
      })
  }

  private static func oldImage(_ message: ArraySlice<UInt8>) throws(ProtobufError) -> Event.Content
  {
    var (fields, width, height) = (ProtobufReader(message), 0, 0)
    var encoded: [UInt8] = []
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (1, .integer(let number)): height = Int(truncatingIfNeeded: number)
      case (2, .integer(let number)): width = Int(truncatingIfNeeded: number)
      case (4, .part(let bytes)): encoded = Array(bytes)
      default: break
      }
    }
    return .images(width: width, height: height, [encoded])
  }

  /// `HistogramProto`: counts between limits, of which the first and the last may be as far as numbers go;
  /// the least and the greatest value stand in their place then, and empty outer bins are left out.
  private static func oldHistogram(
    _ message: ArraySlice<UInt8>
  ) throws(ProtobufError) -> [TrackedHistogram.Bin] {
    var (fields, least, greatest) = (ProtobufReader(message), 0.0, 0.0)
    var (limits, counts): ([Double], [Double]) = ([], [])
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (1, .bytes8(let bits)): least = Double(bitPattern: bits)
      case (2, .bytes8(let bits)): greatest = Double(bitPattern: bits)
      case (6, .part(let part)): limits += doubles(part)
      case (6, .bytes8(let bits)): limits.append(Double(bitPattern: bits))
      case (7, .part(let part)): counts += doubles(part)
      case (7, .bytes8(let bits)): counts.append(Double(bitPattern: bits))
      default: break
      }
    }
    guard limits.count == counts.count else {
      throw ProtobufError("a histogram has \(limits.count) limits and \(counts.count) counts")
    }
    guard let first = counts.firstIndex(where: { $0 > 0 }),
      let last = counts.lastIndex(where: { $0 > 0 })
    else { return [] }
    return (first...last).map { place in
      let lower = place == 0 ? least : max(least, limits[place - 1])
      return TrackedHistogram.Bin(
        lower: lower, upper: max(lower, min(greatest, limits[place])), count: counts[place])
    }
  }

  private static func doubles(_ bytes: ArraySlice<UInt8>) -> [Double] {
    bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 8).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
    }
  }
}
