internal import Protobuf

extension HyperparameterRecord {
  /// Reads the plugin's own bytes; `nil` for a record of another kind.
  init?(_ bytes: ArraySlice<UInt8>) throws(ProtobufError) {
    var fields = ProtobufReader(bytes)
    while let (field, value) = try fields.next() {
      guard case .part(let part) = value else { continue }
      switch field {
      case 2:
        self = try Self.experiment(part)
        return
      case 3:
        self = try Self.start(part)
        return
      case 4:
        self = try Self.end(part)
        return
      default: break
      }
    }
    return nil
  }

  private static func experiment(_ message: ArraySlice<UInt8>) throws(ProtobufError) -> Self {
    var fields = ProtobufReader(message)
    var (columns, metrics): ([Column], [String]) = ([], [])
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (4, .part(let part)): columns.append(try Column(part))
      case (5, .part(let part)):
        var names = ProtobufReader(part)
        while let (field, value) = try names.next() {
          guard case (1, .part(let name)) = (field, value) else { continue }
          var words = ProtobufReader(name)
          while let (field, value) = try words.next() {
            if case (2, .part(let tag)) = (field, value) {
              metrics.append(String(decoding: tag, as: UTF8.self))
            }
          }
        }
      default: break
      }
    }
    return .experiment(hyperparameters: columns, metrics: metrics)
  }

  private static func start(_ message: ArraySlice<UInt8>) throws(ProtobufError) -> Self {
    var fields = ProtobufReader(message)
    var values: [String: HyperparameterValue] = [:]
    var (group, startedAt): (String, Double?) = ("", nil)
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (1, .part(let part)):
        var (entry, name, found) = (ProtobufReader(part), "", HyperparameterValue?.none)
        while let (field, value) = try entry.next() {
          switch (field, value) {
          case (1, .part(let text)): name = String(decoding: text, as: UTF8.self)
          case (2, .part(let part)): found = try HyperparameterValue(message: part)
          default: break
          }
        }
        if let found { values[name] = found }
      case (4, .part(let text)): group = String(decoding: text, as: UTF8.self)
      case (5, .bytes8(let bits)): startedAt = Double(bitPattern: bits)
      default: break
      }
    }
    return .start(values: values, group: group, startedAt: startedAt)
  }

  private static func end(_ message: ArraySlice<UInt8>) throws(ProtobufError) -> Self {
    var fields = ProtobufReader(message)
    var (status, endedAt): (HyperparameterStatus, Double?) = (.unknown, nil)
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (1, .integer(let number)):
        status = HyperparameterStatus(rawValue: Int(truncatingIfNeeded: number)) ?? .unknown
      case (2, .bytes8(let bits)): endedAt = Double(bitPattern: bits)
      default: break
      }
    }
    return .end(status, endedAt: endedAt)
  }
}

extension HyperparameterRecord.Column {
  fileprivate init(_ message: ArraySlice<UInt8>) throws(ProtobufError) {
    self.init(name: "", values: [])
    var fields = ProtobufReader(message)
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (1, .part(let text)): name = String(decoding: text, as: UTF8.self)
      case (5, .part(let part)):
        var list = ProtobufReader(part)
        while let (field, value) = try list.next() {
          guard case (1, .part(let part)) = (field, value) else { continue }
          if let found = try HyperparameterValue(message: part) { values.append(found) }
        }
      default: break
      }
    }
  }
}

extension HyperparameterValue {
  /// `google.protobuf.Value`; `nil` for one that is no number, text or truth value.
  fileprivate init?(message: ArraySlice<UInt8>) throws(ProtobufError) {
    var fields = ProtobufReader(message)
    var found: HyperparameterValue?
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (2, .bytes8(let bits)): found = .number(Double(bitPattern: bits))
      case (3, .part(let text)): found = .text(String(decoding: text, as: UTF8.self))
      case (4, .integer(let number)): found = .bool(number != 0)
      default: break
      }
    }
    guard let found else { return nil }
    self = found
  }
}
