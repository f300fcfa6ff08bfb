internal import CHDF5

extension HDF5Group {
  /// Writes a new dataset: one block, little-endian, without a time.
  ///
  /// - Parameters:
  ///   - values: in row-major order of the shape.
  ///   - shape: its product is the number of values; 0 is allowed.
  @discardableResult
  package func write<Element: HDF5Element>(
    _ values: [Element], shape: [Int], to name: String
  ) throws(HDF5Error) -> HDF5Dataset {
    precondition(values.count == shape.reduce(1, *), "\(values.count) values do not fill \(shape)")
    let dataset = try createDataset(name, type: Element.storedType, shape: shape)
    try HDF5Library.call("write the dataset '\(dataset.path)'") {
      values.withUnsafeBytes { bytes in
        H5Dwrite(
          dataset.identifier.value, Element.storedType, chdf5_whole_extent(), chdf5_whole_extent(),
          chdf5_default(), bytes.baseAddress)
      }
    }
    return dataset
  }

  /// Writes texts as UTF-8, each padded with zeros to the length of the longest.
  ///
  /// - Parameter shape: its product is the number of texts; one row of them where not given.
  @discardableResult
  package func write(
    _ texts: [String], shape: [Int]? = nil, to name: String
  ) throws(HDF5Error) -> HDF5Dataset {
    let shape = shape ?? [texts.count]
    precondition(texts.count == shape.reduce(1, *), "\(texts.count) texts do not fill \(shape)")
    let length = max(1, texts.map(\.utf8.count).max() ?? 0)
    let type = try HDF5TextType.identifier(length: length)
    let dataset = try createDataset(name, type: type.value, shape: shape)
    let bytes = texts.flatMap { text in
      Array(text.utf8) + [UInt8](repeating: 0, count: length - text.utf8.count)
    }
    try HDF5Library.call("write the dataset '\(dataset.path)'") {
      H5Dwrite(
        dataset.identifier.value, type.value, chdf5_whole_extent(), chdf5_whole_extent(),
        chdf5_default(), bytes)
    }
    return dataset
  }

  package func dataset(_ name: String) throws(HDF5Error) -> HDF5Dataset {
    let path = try pathOfMember(name)
    let dataset = try HDF5Identifier("open the dataset '\(path)'") {
      H5Dopen2(identifier.value, name, chdf5_default())
    }
    return try HDF5Dataset(reading: dataset, path: path, byteLimit: byteLimit)
  }

  private func createDataset(
    _ name: String, type: hid_t, shape: [Int]
  ) throws(HDF5Error) -> HDF5Dataset {
    let path = try path(to: name)
    let creation = try HDF5Identifier("describe a dataset") { H5Pcreate(chdf5_dataset_creation()) }
    try HDF5Library.call("leave times out") { H5Pset_obj_track_times(creation.value, false) }
    try HDF5Library.call("write values once") {
      H5Pset_fill_time(creation.value, H5D_FILL_TIME_NEVER)
    }
    let extent = shape.map { hsize_t($0) }
    let space = try HDF5Identifier("describe the shape \(shape)") {
      H5Screate_simple(Int32(extent.count), extent, nil)
    }
    let dataset = try HDF5Identifier("create the dataset '\(path)'") {
      H5Dcreate2(
        identifier.value, name, type, space.value, chdf5_default(), creation.value, chdf5_default())
    }
    return HDF5Dataset(written: dataset, path: path, shape: shape)
  }
}
