internal import CHDF5

/// Dimension scales: datasets that say what stands along an axis of other datasets, as the HDF5
/// Dimension Scales specification has it. h5py, netCDF and HDFView show them.
extension HDF5Dataset {
  /// Makes this dataset, which has one axis, a scale of that name.
  package func makeScale(_ name: String) throws(HDF5Error) {
    try HDF5Library.call("make '\(path)' a scale") { H5DSset_scale(identifier.value, name) }
  }

  /// The name that ``makeScale(_:)`` gave.
  package func scaleName() throws(HDF5Error) -> String {
    var name = [CChar](repeating: 0, count: 256)
    _ = try HDF5Library.call("read the name of the scale '\(path)'") {
      H5DSget_scale_name(identifier.value, &name, name.count)
    }
    return text(name)
  }

  /// Tells whether the values are stored as numbers of that type.
  package func holds<Element: HDF5Element>(_ type: Element.Type) throws(HDF5Error) -> Bool {
    let stored = try HDF5Identifier("read the type of '\(path)'") { H5Dget_type(identifier.value) }
    return try HDF5Library.call("read the type of '\(path)'") {
      H5Tequal(stored.value, Element.storedType)
    } > 0
  }

  /// Says that a scale belongs to an axis of this dataset.
  ///
  /// - Parameter name: names the axis; `nil` leaves the name that it has.
  package func attach(
    _ scale: HDF5Dataset, named name: String? = nil, toAxis axis: Int
  ) throws(HDF5Error) {
    let action = "attach the scale '\(scale.path)' to '\(path)'"
    try HDF5Library.call(action) {
      H5DSattach_scale(identifier.value, scale.identifier.value, UInt32(axis))
    }
    guard let name else { return }
    try HDF5Library.call(action) { H5DSset_label(identifier.value, UInt32(axis), name) }
  }

  /// The names of the scales of an axis, in the order in which they were attached.
  package func scaleNames(ofAxis axis: Int) throws(HDF5Error) -> [String] {
    let count = try HDF5Library.call("count the scales of '\(path)'") {
      H5DSget_num_scales(identifier.value, UInt32(axis))
    }
    guard count > 0 else { return [] }
    var names: [String] = []
    try withUnsafeMutablePointer(to: &names) { list throws(HDF5Error) in
      _ = try HDF5Library.call("list the scales of '\(path)'") {
        H5DSiterate_scales(
          identifier.value, UInt32(axis), nil,
          { _, _, scale, list in
            var name = [CChar](repeating: 0, count: 256)
            guard H5DSget_scale_name(scale, &name, name.count) >= 0 else { return -1 }
            list?.assumingMemoryBound(to: [String].self).pointee.append(text(name))
            return 0
          }, list)
      }
    }
    return names
  }
}

/// The characters of a C string before its end.
private func text(_ name: [CChar]) -> String {
  String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
