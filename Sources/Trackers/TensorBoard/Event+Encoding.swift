internal import Protobuf

// The numbers are those of TensorFlow's event.proto, summary.proto and tensor.proto, and of the plugins'
// own files.
extension Event {
  /// The record with its frame.
  package var bytes: [UInt8] { EventFrame.bytes(around: Array(message.data)) }

  private var message: ProtobufWriter {
    var event = ProtobufWriter()
    event.double(1, wallTime)
    event.integer(2, step)
    if let fileVersion { event.text(3, fileVersion) }
    if !values.isEmpty {
      event.message(5) { summary in
        for value in values { summary.message(1) { value.write(to: &$0) } }
      }
    }
    return event
  }
}

extension Event.Value {
  /// Scalars are written as scripts expect them, everything else as TensorBoard itself does.
  fileprivate func write(to value: inout ProtobufWriter) {
    value.text(1, tag)
    switch content {
    case .scalar(let number):
      value.float(2, Float(number))
      writeMetadata(to: &value, plugin: "scalars", dataClass: 1)
    case .histogram(let bins):
      writeMetadata(to: &value, plugin: "histograms", dataClass: 2)
      value.message(8) { tensor in
        Self.write(type: .double, shape: [bins.count, 3], to: &tensor)
        tensor.doubles(4, bins.flatMap { [$0.lower, $0.upper, $0.count] })
      }
    case .images(let width, let height, let images):
      writeMetadata(to: &value, plugin: "images", dataClass: 3)
      let texts = ["\(width)", "\(height)"].map { Array($0.utf8) } + images
      value.message(8) { Self.write(texts, to: &$0) }
    case .text(let texts):
      writeMetadata(to: &value, plugin: "text", dataClass: 2)
      value.message(8) { Self.write(texts.map { Array($0.utf8) }, to: &$0) }
    case .hyperparameters(let record):
      writeMetadata(to: &value, plugin: "hparams", dataClass: 2, content: record.bytes)
      value.message(8) { Self.write(type: .float, shape: [0], to: &$0) }
    case .other: break
    }
  }

  private func writeMetadata(
    to value: inout ProtobufWriter, plugin: String, dataClass: Int, content: [UInt8] = []
  ) {
    value.message(9) { metadata in
      metadata.message(1) { data in
        data.text(1, plugin)
        if !content.isEmpty { data.bytes(2, content) }
      }
      if !about.isEmpty { metadata.text(3, about) }
      metadata.integer(4, dataClass)
    }
  }

  private static func write(
    type: EventTensor.ElementType, shape: [Int], to tensor: inout ProtobufWriter
  ) {
    tensor.integer(1, type.rawValue)
    tensor.message(2) { extents in
      for extent in shape { extents.message(2) { $0.integer(1, extent) } }
    }
  }

  private static func write(_ texts: [[UInt8]], to tensor: inout ProtobufWriter) {
    write(type: .string, shape: [texts.count], to: &tensor)
    for text in texts { tensor.bytes(8, text) }
  }
}

extension HyperparameterRecord {
  /// `HParamsPluginData` of the plugin's version 0.
  fileprivate var bytes: [UInt8] {
    var data = ProtobufWriter()
    switch self {
    case .experiment(let hyperparameters, let metrics):
      data.message(2) { experiment in
        for column in hyperparameters { experiment.message(4) { column.write(to: &$0) } }
        for tag in metrics {
          experiment.message(5) { metric in metric.message(1) { $0.text(2, tag) } }
        }
      }
    case .start(let values, let group, let startedAt):
      data.message(3) { start in
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
          start.message(1) { entry in
            entry.text(1, name)
            entry.message(2) { value.write(to: &$0) }
          }
        }
        start.text(4, group)
        if let startedAt { start.double(5, startedAt) }
      }
    case .end(let status, let endedAt):
      data.message(4) { end in
        end.integer(1, status.rawValue)
        if let endedAt { end.double(2, endedAt) }
      }
    }
    return Array(data.data)
  }
}

extension HyperparameterRecord.Column {
  fileprivate func write(to column: inout ProtobufWriter) {
    column.text(1, name)
    column.integer(4, type)
    column.message(5) { list in
      for value in values { list.message(1) { value.write(to: &$0) } }
    }
  }

  private var type: Int {
    if values.allSatisfy({ if case .number = $0 { true } else { false } }) { return 3 }
    return values.allSatisfy { if case .bool = $0 { true } else { false } } ? 2 : 1
  }
}

extension HyperparameterValue {
  /// `google.protobuf.Value`; zero and false are written too.
  fileprivate func write(to value: inout ProtobufWriter) {
    switch self {
    case .number(let number): value.double(2, number)
    case .text(let text): value.text(3, text)
    case .bool(let bool): value.integer(4, bool ? 1 : 0)
    }
  }
}
