import Protobuf
import Testing

@testable import Trackers

@Suite struct EventTests {
  private static let contents: [Event.Content] = [
    .scalar(0.5), .scalar(-1e-30.rounded(toFloat: ())), .text(["a", "## é"]),
    .histogram([.init(lower: -1, upper: 0.5, count: 3), .init(lower: 0.5, upper: 2, count: 0)]),
    .images(width: 3, height: 2, [[0x89, 0x50], [1]]),
    .hyperparameters(
      .experiment(
        hyperparameters: [
          .init(name: "lr", values: [.number(0), .number(0.1)]),
          .init(name: "name", values: [.text("unet"), .bool(false)]),
        ], metrics: ["validation/mean_iou"])),
    .hyperparameters(
      .start(
        values: ["lr": .number(0), "flag": .bool(false), "name": .text("")], group: "point 1",
        startedAt: 12.5)),
    .hyperparameters(.end(.failure, endedAt: 13)),
  ]

  private func read(_ event: Event, plugins: [String: String] = [:]) throws -> Event {
    var (reader, plugins) = (
      EventRecordReader(ByteSource(event.bytes, path: "events")), plugins
    )
    return try Event(#require(try reader.next()), plugins: &plugins)
  }

  @Test("what is written is what is read", arguments: contents)
  func roundTrip(content: Event.Content) throws {
    let event = Event(
      wallTime: 1_700_000_000.25, step: 7,
      values: [Event.Value("a/b", content, about: "what it is")])
    #expect(try read(event) == event)
  }

  @Test("scalars are 32-bit floats, and what is no number stays so")
  func precision() throws {
    for value in [0.1, .infinity, -.infinity, 1e300] {
      let event = Event(wallTime: 1, step: 1, values: [Event.Value("a", .scalar(value))])
      #expect(try read(event).values[0].content == .scalar(Double(Float(value))))
    }
    let event = Event(wallTime: 1, step: 1, values: [Event.Value("a", .scalar(.nan))])
    guard case .scalar(let value) = try read(event).values[0].content else {
      throw CancellationError()
    }
    #expect(value.isNaN)
  }

  @Test("an old histogram has the least and the greatest value where its limits are endless")
  func oldHistogram() throws {
    let payload = summary { value in
      value.text(1, "w")
      value.message(5) { histogram in
        histogram.double(1, -2)
        histogram.double(2, 3)
        histogram.doubles(6, [-1.7e308, -1, 0, 1.7e308])
        histogram.doubles(7, [0, 4, 5, 6])
      }
    }
    var plugins: [String: String] = [:]
    let event = try Event(payload, plugins: &plugins)
    #expect(
      event.values[0].content
        == .histogram([
          .init(lower: -2, upper: -1, count: 4), .init(lower: -1, upper: 0, count: 5),
          .init(lower: 0, upper: 3, count: 6),
        ]))
  }

  @Test("a tag's plugin holds for its later values, which need not name it")
  func plugins() throws {
    let first = Event(wallTime: 1, step: 1, values: [Event.Value("t", .text(["a"]))])
    var plugins: [String: String] = [:]
    var reader = EventRecordReader(ByteSource(first.bytes, path: "events"))
    _ = try Event(#require(try reader.next()), plugins: &plugins)
    let second = summary { value in
      value.text(1, "t")
      value.message(8) { tensor in
        tensor.integer(1, 7)
        tensor.bytes(8, Array("b".utf8))
      }
    }
    #expect(try Event(second, plugins: &plugins).values[0].content == .text(["b"]))
  }

  @Test("scalars may be tensors of any kind of number, packed or as bytes")
  func tensors() throws {
    let writers: [(inout ProtobufWriter) -> Void] = [
      { tensor in
        tensor.integer(1, 1)
        tensor.floats(5, [0.5])
      },
      { tensor in
        tensor.integer(1, 1)
        tensor.float(5, 0.5)
      },
      { tensor in
        tensor.integer(1, 2)
        tensor.doubles(4, [0.5])
      },
      { tensor in
        tensor.integer(1, 2)
        tensor.doubles(6, [0.5])
      },
    ]
    for write in writers {
      var plugins: [String: String] = [:]
      let payload = summary { value in
        value.text(1, "a")
        value.message(8) { write(&$0) }
      }
      #expect(try Event(payload, plugins: &plugins).values[0].content == .scalar(0.5))
    }
  }

  @Test("an array that says it has more values than it has takes no memory for them")
  func hugeTensor() throws {
    let payload = summary { value in
      value.text(1, "a")
      value.message(8) { tensor in
        tensor.integer(1, 1)
        tensor.message(2) { shape in
          for _ in 0..<4 { shape.message(2) { $0.integer(1, 1 << 30) } }
        }
        tensor.float(5, 1)
      }
    }
    var plugins: [String: String] = [:]
    #expect(try Event(payload, plugins: &plugins).values[0].content == .other(plugin: ""))
  }

  private func summary(_ write: (inout ProtobufWriter) -> Void) -> [UInt8] {
    var event = ProtobufWriter()
    event.double(1, 1)
    event.integer(2, 1)
    event.message(5) { $0.message(1, write) }
    return Array(event.data)
  }
}

extension Double {
  /// The nearest that a 32-bit float holds.
  fileprivate func rounded(toFloat: Void) -> Double { Double(Float(self)) }
}
