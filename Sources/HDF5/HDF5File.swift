internal import CHDF5
package import Foundation
internal import Synchronization

/// An HDF5 file in memory: it is built here and taken as an ``image()``, or read from the bytes of
/// one. By its path a file is only ever read, a slice at a time, as an ``HDF5Volume``.
///
/// Equal contents, written in the same order, are equal bytes: no times are kept, types are
/// little-endian, strings have a fixed length.
package struct HDF5File {
  /// The group `/`.
  package let root: HDF5Group
  private let file: HDF5Identifier

  /// A new, empty file.
  package init() throws(HDF5Error) {
    let access = try Self.memoryAccess()
    let creation = try HDF5Identifier("describe a file") { H5Pcreate(chdf5_file_creation()) }
    try HDF5Library.call("leave times out") { H5Pset_obj_track_times(creation.value, false) }
    file = try HDF5Identifier("create a file in memory") {
      H5Fcreate(Self.uniqueName(), chdf5_create(), creation.value, access.value)
    }
    root = try HDF5Group(root: file, byteLimit: .max)
  }

  /// The file that those bytes are. libhdf5 trusts what it reads, so check their digest first.
  package init(image: Data) throws(HDF5Error) {
    let access = try Self.memoryAccess()
    try HDF5Library.call("take the bytes of a file") {
      // The library copies them.
      image.withUnsafeBytes { bytes in
        H5Pset_file_image(
          access.value, UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
      }
    }
    file = try HDF5Identifier("open a file from its bytes") {
      H5Fopen(Self.uniqueName(), chdf5_read_only(), access.value)
    }
    root = try HDF5Group(root: file, byteLimit: image.count)
  }

  /// The bytes of the file as it is now.
  package func image() throws(HDF5Error) -> Data {
    try HDF5Library.call("flush a file") { H5Fflush(file.value, H5F_SCOPE_GLOBAL) }
    let count = try HDF5Library.call("measure a file") { H5Fget_file_image(file.value, nil, 0) }
    var image = Data(count: count)
    try HDF5Library.call("take a file's bytes") {
      image.withUnsafeMutableBytes { bytes in
        H5Fget_file_image(file.value, bytes.baseAddress, bytes.count)
      }
    }
    return image
  }

  /// Files live in memory alone, in the format that every release since 1.8 reads.
  ///
  /// Images of the newer superblocks have a wrong checksum (HDF5 issue 1915), hence the earliest.
  private static func memoryAccess() throws(HDF5Error) -> HDF5Identifier {
    let access = try HDF5Identifier("describe access") { H5Pcreate(chdf5_file_access()) }
    try HDF5Library.call("keep a file in memory") {
      H5Pset_fapl_core(access.value, memoryIncrement, false)
    }
    try HDF5Library.call("choose the format") {
      H5Pset_libver_bounds(access.value, H5F_LIBVER_EARLIEST, H5F_LIBVER_V110)
    }
    return access
  }

  /// libhdf5 takes files of one name for one file.
  private static func uniqueName() -> String {
    "memory-\(created.wrappingAdd(1, ordering: .relaxed).newValue)"
  }

  private static let created = Atomic<Int>(0)
  /// Bytes by which a file's memory grows.
  private static let memoryIncrement = 1 << 20
}
