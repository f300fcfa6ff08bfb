internal import CHDF5

/// Something open in libhdf5 (a file, a group, a dataset, a type, …), closed with its last user.
package final class HDF5Identifier {
  let value: hid_t

  /// - Parameter open: returns an identifier that nobody else closes, or a negative number.
  init(_ action: @autoclosure () -> String, opening open: () -> hid_t) throws(HDF5Error) {
    value = try HDF5Library.call(action(), open)
  }

  deinit {
    // Nothing is lost where closing fails: images are taken of flushed files only.
    _ = try? HDF5Library.call("close an identifier") { H5Idec_ref(value) }
  }
}
