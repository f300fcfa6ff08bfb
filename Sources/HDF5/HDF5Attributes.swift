internal import CHDF5

/// Texts of a fixed length in UTF-8, padded with zeros.
enum HDF5TextType {
  /// - Parameter length: in bytes, at least 1.
  static func identifier(length: Int) throws(HDF5Error) -> HDF5Identifier {
    let type = try HDF5Identifier("describe a text") { H5Tcopy(chdf5_text()) }
    try HDF5Library.call("describe a text") { H5Tset_size(type.value, length) }
    try HDF5Library.call("describe a text") { H5Tset_cset(type.value, H5T_CSET_UTF8) }
    try HDF5Library.call("describe a text") { H5Tset_strpad(type.value, H5T_STR_NULLPAD) }
    return type
  }

  /// In bytes.
  static func length(of type: HDF5Identifier, at path: String) throws(HDF5Error) -> Int {
    let isVariable = try HDF5Library.call("read the type of '\(path)'") {
      H5Tis_variable_str(type.value)
    }
    guard H5Tget_class(type.value) == H5T_STRING, isVariable == 0 else {
      throw HDF5Error(action: "read '\(path)' as text", causes: ["its type is another"])
    }
    return H5Tget_size(type.value)
  }
}

/// What carries attributes: a group or a dataset.
package protocol HDF5Attributed {
  var path: String { get }
  var identifier: HDF5Identifier { get }
}

extension HDF5Group: HDF5Attributed {}
extension HDF5Dataset: HDF5Attributed {}

extension HDF5Attributed {
  package func setAttribute(_ name: String, to text: String) throws(HDF5Error) {
    let type = try HDF5TextType.identifier(length: max(1, text.utf8.count))
    let bytes = Array(text.utf8) + [0]
    try setAttribute(name, type: type.value, value: bytes)
  }

  /// One row of texts, each padded with zeros to the length of the longest.
  package func setAttribute(_ name: String, to texts: [String]) throws(HDF5Error) {
    let length = max(1, texts.map(\.utf8.count).max() ?? 0)
    let type = try HDF5TextType.identifier(length: length)
    let bytes = texts.flatMap { text in
      Array(text.utf8) + [UInt8](repeating: 0, count: length - text.utf8.count)
    }
    let space = try HDF5Identifier("describe a row of texts") {
      H5Screate_simple(1, [hsize_t(texts.count)], nil)
    }
    try setAttribute(name, type: type.value, space: space, value: bytes + [0])
  }

  package func setAttribute(_ name: String, to number: Int) throws(HDF5Error) {
    try setAttribute(name, type: Int64.storedType, value: [Int64(number)])
  }

  package func setAttribute(_ name: String, to number: Double) throws(HDF5Error) {
    try setAttribute(name, type: Double.storedType, value: [number])
  }

  package func hasAttribute(_ name: String) throws(HDF5Error) -> Bool {
    try HDF5Library.call("look for the attribute '\(name)' of '\(path)'") {
      H5Aexists(identifier.value, name)
    } > 0
  }

  /// In bytes: far more than is kept in an attribute.
  private static var longestText: Int { 1 << 24 }

  package func textAttribute(_ name: String) throws(HDF5Error) -> String {
    let attribute = try attribute(name)
    let type = try HDF5Identifier("read the type of '\(name)'") { H5Aget_type(attribute.value) }
    try requireScalar(attribute, name)
    let length = try HDF5TextType.length(of: type, at: name)
    guard length <= Self.longestText else {
      throw HDF5Error(
        action: "read the attribute '\(name)' of '\(path)'",
        causes: ["it says that it has \(length) bytes"])
    }
    var bytes = [UInt8](repeating: 0, count: length)
    try HDF5Library.call("read the attribute '\(name)' of '\(path)'") {
      H5Aread(attribute.value, type.value, &bytes)
    }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  package func integerAttribute(_ name: String) throws(HDF5Error) -> Int {
    let attribute = try attribute(name)
    try requireScalar(attribute, name)
    var value: Int64 = 0
    try HDF5Library.call("read the attribute '\(name)' of '\(path)'") {
      H5Aread(attribute.value, Int64.storedType, &value)
    }
    return Int(value)
  }

  package func numberAttribute(_ name: String) throws(HDF5Error) -> Double {
    let attribute = try attribute(name)
    try requireScalar(attribute, name)
    var value = 0.0
    try HDF5Library.call("read the attribute '\(name)' of '\(path)'") {
      H5Aread(attribute.value, Double.storedType, &value)
    }
    return value
  }

  /// The numbers of an attribute, in the order in which they are stored.
  ///
  /// - Returns: `nil` where there is no such attribute of numbers, or more than `most`.
  package func numbersAttribute(_ name: String, most: Int) throws(HDF5Error) -> [Double]? {
    guard try hasAttribute(name) else { return nil }
    let attribute = try attribute(name)
    let type = try HDF5Identifier("read the type of '\(name)'") { H5Aget_type(attribute.value) }
    let kind = H5Tget_class(type.value)
    guard kind == H5T_FLOAT || kind == H5T_INTEGER else { return nil }
    let space = try HDF5Identifier("read the shape of '\(name)'") { H5Aget_space(attribute.value) }
    let count = try HDF5Library.call("read the shape of '\(name)'") {
      H5Sget_simple_extent_npoints(space.value)
    }
    guard (1...Int64(most)).contains(Int64(count)) else { return nil }
    var values = [Double](repeating: 0, count: Int(count))
    try HDF5Library.call("read the attribute '\(name)' of '\(path)'") {
      H5Aread(attribute.value, Double.storedType, &values)
    }
    return values
  }

  private func setAttribute<Element: BitwiseCopyable>(
    _ name: String, type: hid_t, value: [Element]
  ) throws(HDF5Error) {
    let space = try HDF5Identifier("describe a single value") { H5Screate(H5S_SCALAR) }
    try setAttribute(name, type: type, space: space, value: value)
  }

  private func setAttribute<Element: BitwiseCopyable>(
    _ name: String, type: hid_t, space: HDF5Identifier, value: [Element]
  ) throws(HDF5Error) {
    let attribute = try HDF5Identifier("create the attribute '\(name)' of '\(path)'") {
      H5Acreate2(identifier.value, name, type, space.value, chdf5_default(), chdf5_default())
    }
    try HDF5Library.call("write the attribute '\(name)' of '\(path)'") {
      H5Awrite(attribute.value, type, value)
    }
  }

  private func attribute(_ name: String) throws(HDF5Error) -> HDF5Identifier {
    try HDF5Identifier("open the attribute '\(name)' of '\(path)'") {
      H5Aopen(identifier.value, name, chdf5_default())
    }
  }

  private func requireScalar(_ attribute: HDF5Identifier, _ name: String) throws(HDF5Error) {
    let space = try HDF5Identifier("read the shape of '\(name)'") { H5Aget_space(attribute.value) }
    let count = try HDF5Library.call("read the shape of '\(name)'") {
      H5Sget_simple_extent_npoints(space.value)
    }
    guard count == 1 else {
      throw HDF5Error(action: "read the attribute '\(name)'", causes: ["it is not a single value"])
    }
  }
}
