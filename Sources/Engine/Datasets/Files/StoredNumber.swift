internal import CKernels

/// What the numbers of an array are, as its file stores them.
enum StoredNumber: Sendable, Hashable {
  case int8, uint8, int16, uint16, int32, uint32, int64, uint64, float16, float32, float64

  /// - Returns: `nil` where there is none of so many bits.
  init?(bits: Int, isSigned: Bool, isReal: Bool) {
    let numbers: [StoredNumber] =
      isReal
      ? [.float16, .float32, .float64]
      : isSigned ? [.int8, .int16, .int32, .int64] : [.uint8, .uint16, .uint32, .uint64]
    guard let number = numbers.first(where: { 8 * $0.bytes == bits }) else { return nil }
    self = number
  }

  var bytes: Int {
    switch self {
    case .int8, .uint8: 1
    case .int16, .uint16, .float16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  var isReal: Bool { self == .float16 || self == .float32 || self == .float64 }

  var kernel: ck_stored {
    switch self {
    case .int8: ck_int8
    case .uint8: ck_uint8
    case .int16: ck_int16
    case .uint16: ck_uint16
    case .int32: ck_int32
    case .uint32: ck_uint32
    case .int64: ck_int64
    case .uint64: ck_uint64
    case .float16: ck_float16
    case .float32: ck_float32
    case .float64: ck_float64
    }
  }
}
