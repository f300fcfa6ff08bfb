import Foundation
import Measurements
import Testing

@testable import Tracking

@Suite("Values made of JSON")
struct JSONRecordDecoderTests {
  /// What Foundation makes of the same bytes.
  private static func oracle<Value: Decodable>(_ type: Value.Type, _ bytes: Data) -> Value? {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try? decoder.decode(type, from: bytes)
  }

  /// Any JSON, taken apart through every kind of container.
  private indirect enum AnyJSON: Decodable, Hashable {
    case null
    case flag(Bool)
    case whole(Int64)
    case number(UInt64)
    case text(String)
    case list([AnyJSON])
    case entries([String: AnyJSON])

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        self = .null
      } else if let flag = try? value.decode(Bool.self) {
        self = .flag(flag)
      } else if let whole = try? value.decode(Int64.self) {
        self = .whole(whole)
      } else if let text = try? value.decode(String.self) {
        self = .text(text)
      } else if let number = try? value.decode(Double.self) {
        self = .number(number.bitPattern)
      } else if var elements = try? decoder.unkeyedContainer() {
        var list: [AnyJSON] = []
        while !elements.isAtEnd {
          list.append(try elements.decodeNil() ? .null : elements.decode(AnyJSON.self))
        }
        self = .list(list)
      } else {
        self = .entries(try value.decode([String: AnyJSON].self))
      }
    }
  }

  private static let texts = [
    "null", "true", "[]", "{}", "[null,true,-1,1.5,\"a\",[[]],{\"b\":{}}]", "\"\\ud83d\\ude00\"",
    "{\"a\":1,\"b\":[1e3,0.1,-0.0,5e-324,1e22,123456789012345678]}", "{\"é\":\"ü\",\"\\u00e9x\":2}",
    "{\"a\":1,\"a\":2}", "[\"inf\",\"nan\"]", "  {\n\t\"a\" : [ 1 , 2 ]\r\n} ",
    "{\"a\":{\"a\":{\"a\":0}}}",
  ]

  @Test("it makes what Foundation makes", arguments: texts)
  func equal(_ text: String) throws {
    let expected = try #require(Self.oracle(AnyJSON.self, Data(text.utf8)))
    #expect(try JSONRecordDecoder().decode(AnyJSON.self, from: text.utf8) == expected)
  }

  @Test("what changes at random means the same to both, or nothing to the stricter one")
  func mutations() throws {
    var state: UInt64 = 7
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let letters = Array("{}[]\",:\\/ubfnrt0123456789+-.eE \n\u{0}\u{7F}é\u{1}".utf8)
    var (read, refused) = (0, 0)
    for _ in 0..<20_000 {
      var bytes = Array(Self.texts[next(Self.texts.count)].utf8)
      for _ in 0...next(3) {
        let place = next(bytes.count)
        switch next(3) {
        case 0: bytes[place] = letters[next(letters.count)]
        case 1: bytes.insert(letters[next(letters.count)], at: place)
        default: if bytes.count > 1 { bytes.remove(at: place) }
        }
      }
      let expected = Self.oracle(AnyJSON.self, Data(bytes))
      if let value = try? JSONRecordDecoder().decode(AnyJSON.self, from: bytes) {
        read += 1
        #expect(value == expected, "\(String(decoding: bytes, as: UTF8.self))")
      } else {
        refused += 1
        // Foundation reads UTF-16 too, whose letters have zeros beside them, allows a comma at the end of lists,
        // and does not look at numbers that nobody asks for.
        let written = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        let isLax =
          bytes.contains(0) || written.contains(",]") || written.contains(",}")
          || (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed))
            == nil
        #expect(expected == nil || isLax, "\(written)")
      }
    }
    #expect(read > 1000 && refused > 1000)
  }

  @Test("records are what Foundation makes of them")
  func records() throws {
    let run = SampleRuns.run(
      3, [("solver.base_lr", "1e-3"), ("losses", "dice")], meanIoU: [0.1, 0.25],
      begun: "2026-03-01T00:00:00Z", validation: "5eed", classNames: ["a", "b"])
    let trial = RecordJSON.encode(run.trial)
    #expect(try JSONRecordDecoder().decode(TrialRecord.self, from: trial) == run.trial)
    #expect(Self.oracle(TrialRecord.self, trial) == run.trial)
    for attempt in run.attempts {
      let bytes = RecordJSON.encode(attempt)
      #expect(try JSONRecordDecoder().decode(ProvenanceRecord.self, from: bytes) == attempt)
    }
    let series = try JSONEncoder().encode(run.history?.series)
    #expect(
      try JSONRecordDecoder().decode([SeriesDescription].self, from: series)
        == run.history?.series)
  }

  private struct Numbers: Codable, Equatable {
    var double: Double
    var float: Float
    var small: Int8
    var large: UInt64
    var missing: Int?
    var none: String?
    var nested: [[String: [UInt16]]]
  }

  @Test("types have their values, absent ones too")
  func types() throws {
    let text = #"""
      {"large":18446744073709551615,"float":0.1,"small":-128,"double":"nan","none":null,
       "nested":[{"a":[1,65535]},{}]}
      """#
    let value = try JSONRecordDecoder().decode(Numbers.self, from: text.utf8)
    #expect(value.double.isNaN && value.float == 0.1 && value.small == -128)
    #expect(value.large == .max && value.missing == nil && value.none == nil)
    #expect(value.nested == [["a": [1, 65535]], [:]])
    for wrong in [
      ("-128", "-129"), ("0.1", "\"x\""), ("65535", "65536"), ("\"large\"", "\"other\""),
    ] {
      #expect(throws: DecodingError.self) {
        try JSONRecordDecoder().decode(
          Numbers.self, from: text.replacing(wrong.0, with: wrong.1).utf8)
      }
    }
  }
}
