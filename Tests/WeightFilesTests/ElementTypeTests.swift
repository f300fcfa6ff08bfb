import Testing

@testable import WeightFiles

@Suite("Element types")
struct ElementTypeTests {
  private func value(_ type: ElementType, _ bytes: [UInt8], isBigEndian: Bool = false) -> Float {
    bytes.withUnsafeBytes { type.value(at: $0.baseAddress!, isBigEndian: isBigEndian) }
  }

  @Test("every number of 16 bits is what the processor makes of it")
  func halfPrecision() {
    for bits in UInt16.min...UInt16.max {
      let expected = Float(Float16(bitPattern: bits))
      let found = HalfPrecision.value(bits)
      guard found.bitPattern == expected.bitPattern || (found.isNaN && expected.isNaN) else {
        Issue.record("\(bits) is \(found), not \(expected)")
        return
      }
    }
  }

  @Test("numbers of every type become the nearest Float, in either byte order")
  func numbers() {
    let cases: [(ElementType, [UInt8], Float)] = [
      (.bfloat16, [0x80, 0x3F], 1), (.float32, [0, 0, 0, 0xC0], -2),
      (.float64, [0, 0, 0, 0, 0, 0, 0xE0, 0x3F], 0.5), (.int8, [0xFF], -1),
      (.int16, [0xFE, 0xFF], -2), (.int32, [3, 0, 0, 0], 3),
      (.int64, [UInt8](repeating: 0xFF, count: 8), -1), (.uint8, [0xFF], 255),
      (.uint16, [0xFF, 0xFF], 65535), (.uint32, [0, 0, 0, 0x80], 0x1p31),
      (.uint64, [0, 0, 0, 0, 0, 0, 0, 0x80], 0x1p63), (.bool, [2], 1), (.bool, [0], 0),
      (.float16, [0, 0x3C], 1),
    ]
    #expect(Set(cases.map(\.0)) == Set(ElementType.allCases))
    for (type, bytes, expected) in cases {
      #expect(bytes.count == type.size)
      #expect(value(type, bytes) == expected)
      #expect(value(type, bytes.reversed(), isBigEndian: true) == expected)
    }
  }
}
