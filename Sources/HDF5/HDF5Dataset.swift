internal import CHDF5

/// An array of numbers or texts in an ``HDF5File``.
package struct HDF5Dataset {
  /// As errors say it, e.g. `/training/loss`.
  package let path: String
  package let identifier: HDF5Identifier
  package let shape: [Int]
  /// No more bytes can lie in the file.
  private let byteLimit: Int

  package init(written identifier: HDF5Identifier, path: String, shape: [Int]) {
    self.identifier = identifier
    self.path = path
    self.shape = shape
    byteLimit = .max
  }

  /// - Throws: where its values lie outside the file, or are more than the file could hold.
  package init(reading identifier: HDF5Identifier, path: String, byteLimit: Int) throws(HDF5Error) {
    self.identifier = identifier
    self.path = path
    self.byteLimit = byteLimit
    let creation = try HDF5Identifier("read how '\(path)' is stored") {
      H5Dget_create_plist(identifier.value)
    }
    let externalFiles = try HDF5Library.call("read where '\(path)' is stored") {
      H5Pget_external_count(creation.value)
    }
    let layout = try HDF5Library.call("read how '\(path)' is stored") {
      H5Pget_layout(creation.value).rawValue
    }
    let space = try HDF5Identifier("read the shape of '\(path)'") { H5Dget_space(identifier.value) }
    let rank = try HDF5Library.call("read the rank of '\(path)'") {
      H5Sget_simple_extent_ndims(space.value)
    }
    var extent = [hsize_t](repeating: 0, count: Int(rank))
    try HDF5Library.call("read the shape of '\(path)'") {
      H5Sget_simple_extent_dims(space.value, &extent, nil)
    }
    guard externalFiles == 0, layout != H5D_VIRTUAL.rawValue, Self.fits(extent, byteLimit) else {
      throw HDF5Error(action: "read '\(path)'", causes: ["its values are not in this file"])
    }
    shape = extent.map { Int($0) }
  }

  package func read<Element: HDF5Element>(_ type: Element.Type = Element.self) throws(HDF5Error)
    -> [Element]
  {
    let stored = try storedType()
    let isEqual = try HDF5Library.call("read the type of '\(path)'") {
      H5Tequal(stored.value, Element.storedType)
    }
    guard isEqual > 0 else {
      throw HDF5Error(action: "read '\(path)' as \(Element.self)", causes: ["its type is another"])
    }
    var values = [Element](repeating: .zero, count: shape.reduce(1, *))
    try HDF5Library.call("read '\(path)'") {
      values.withUnsafeMutableBytes { bytes in
        H5Dread(
          identifier.value, Element.storedType, chdf5_whole_extent(), chdf5_whole_extent(),
          chdf5_default(), bytes.baseAddress)
      }
    }
    return values
  }

  /// Where in the file its values stand; `nil` where they are not in one piece.
  package var bytes: Range<Int>? {
    HDF5Library.exclusively {
      let offset = H5Dget_offset(identifier.value)
      let count = H5Dget_storage_size(identifier.value)
      guard offset != chdf5_undefined_address(), offset < hsize_t(Int.max / 2) else { return nil }
      return Int(offset)..<Int(offset) + Int(count)
    }
  }

  package func readTexts() throws(HDF5Error) -> [String] {
    let stored = try storedType()
    let length = try HDF5TextType.length(of: stored, at: path)
    let count = shape.reduce(1, *)
    let (size, isTooLarge) = count.multipliedReportingOverflow(by: length)
    guard !isTooLarge, size <= byteLimit else {
      throw HDF5Error(action: "read '\(path)'", causes: ["its texts are not in this file"])
    }
    var bytes = [UInt8](repeating: 0, count: size)
    try HDF5Library.call("read '\(path)'") {
      H5Dread(
        identifier.value, stored.value, chdf5_whole_extent(), chdf5_whole_extent(),
        chdf5_default(), &bytes)
    }
    return (0..<count).map { index in
      let text = bytes[(index * length)..<((index + 1) * length)]
      return String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private func storedType() throws(HDF5Error) -> HDF5Identifier {
    try HDF5Identifier("read the type of '\(path)'") { H5Dget_type(identifier.value) }
  }

  /// Tells whether that many values of a byte or more can lie in so many bytes.
  private static func fits(_ extent: [hsize_t], _ byteLimit: Int) -> Bool {
    var count: hsize_t = 1
    for size in extent {
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: size)
      guard !isTooLarge, size <= hsize_t(Int.max) else { return false }
      count = product
    }
    return count <= hsize_t(byteLimit)
  }
}
