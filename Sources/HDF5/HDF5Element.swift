package import CHDF5

/// A number as a dataset holds it: little-endian, like every processor that this program runs on.
package protocol HDF5Element: BitwiseCopyable, Sendable {
  static var zero: Self { get }
  /// The same in the file and in memory.
  static var storedType: hid_t { get }
}

extension Float: HDF5Element {
  package static var storedType: hid_t { chdf5_float32() }
}

extension Double: HDF5Element {
  package static var storedType: hid_t { chdf5_float64() }
}

extension Int64: HDF5Element {
  package static var storedType: hid_t { chdf5_int64() }
}

extension UInt64: HDF5Element {
  package static var storedType: hid_t { chdf5_uint64() }
}

extension UInt8: HDF5Element {
  package static var storedType: hid_t { chdf5_uint8() }
}
