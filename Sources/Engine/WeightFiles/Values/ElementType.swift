/// The type of the numbers in a file.
package enum ElementType: String, Sendable, Hashable, CaseIterable {
  case float16, bfloat16, float32, float64
  case int8, int16, int32, int64
  case uint8, uint16, uint32, uint64
  case bool

  /// Bytes of a number.
  package var size: Int {
    switch self {
    case .int8, .uint8, .bool: 1
    case .float16, .bfloat16, .int16, .uint16: 2
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64: 8
    }
  }

  /// The number whose bytes lie there, as the nearest `Float`.
  @inline(__always)
  func value(at place: UnsafeRawPointer, isBigEndian: Bool) -> Float {
    @inline(__always)
    func bits<Bits: FixedWidthInteger & BitwiseCopyable>(_ type: Bits.Type) -> Bits {
      let bits = place.loadUnaligned(as: type)
      return isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits)
    }
    return switch self {
    case .float16: HalfPrecision.value(bits(UInt16.self))
    case .bfloat16: Float(bitPattern: UInt32(bits(UInt16.self)) << 16)
    case .float32: Float(bitPattern: bits(UInt32.self))
    case .float64: Float(Double(bitPattern: bits(UInt64.self)))
    case .int8: Float(bits(Int8.self))
    case .int16: Float(bits(Int16.self))
    case .int32: Float(bits(Int32.self))
    case .int64: Float(bits(Int64.self))
    case .uint8: Float(bits(UInt8.self))
    case .uint16: Float(bits(UInt16.self))
    case .uint32: Float(bits(UInt32.self))
    case .uint64: Float(bits(UInt64.self))
    case .bool: bits(UInt8.self) == 0 ? 0 : 1
    }
  }
}

/// Numbers of 16 bits: 1 of sign, 5 of exponent (bias 15), 10 of fraction (IEEE 754-2019).
enum HalfPrecision {
  static func value(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let (exponent, fraction) = (UInt32(bits >> 10) & 0x1F, UInt32(bits & 0x3FF))
    switch exponent {
    case 0:
      // Below 2⁻¹⁴ the fraction counts steps of 2⁻²⁴.
      let magnitude = Float(fraction) * 0x1p-24
      return Float(bitPattern: magnitude.bitPattern | sign)
    case 0x1F: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
