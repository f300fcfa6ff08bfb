internal import CHDF5

/// A dataset of numbers in a file on disk, of which one slice along the first axis, or all, is read
/// at a time.
package final class HDF5Volume {
  /// The path of the dataset as errors say it, e.g. `/raw`.
  package let path: String
  package let shape: [Int]
  package let numbers: Numbers
  /// True where the volume holds integers that may be beyond 32 bits with sign.
  package let isWide: Bool
  private let dataset: HDF5Identifier
  /// `element_size_um` of the dataset, as ilastik, PlantSeg and Fiji's HDF5 plugin write it: the extents of a
  /// voxel along z, y and x, in micrometers; `nil` where it has none.
  package let elementSize: [Double]?

  /// What the values are, as they are stored.
  package enum Numbers: Sendable, Hashable {
    /// Unsigned, of 8 bits.
    case bytes
    /// Unsigned, of 16 bits.
    case words
    case integers
    case reals
  }

  /// - Parameters:
  ///   - file: a path; the caller has seen to it that it is a regular file.
  ///   - path: the path of the dataset inside the file, e.g. `/group/raw`.
  /// - Throws: where there is no such dataset of numbers, or its values lie in other files.
  package init(file: String, path: String) throws(HDF5Error) {
    let opened = try HDF5Identifier("open it as HDF5") {
      H5Fopen(file, chdf5_read_only(), chdf5_default())
    }
    var names = path.split(separator: "/").map(String.init)
    guard let name = names.popLast() else {
      throw HDF5Error(action: "read '\(path)'", causes: ["it names no dataset"])
    }
    var group = try HDF5Group(root: opened, byteLimit: .max)
    for name in names { group = try group.group(name) }
    let found = try group.dataset(name)
    try Self.requireFilters(of: found)
    self.path = found.path
    shape = found.shape
    dataset = found.identifier
    elementSize = try found.numbersAttribute("element_size_um", most: 3)
    (numbers, isWide) = try Self.numbers(of: found)
  }

  /// What values become in memory. Those beyond 32 or 64 bits with sign become the nearest that fits.
  package enum Number {
    /// `UInt8`
    case byte
    /// `Int32`
    case integer
    /// `Int64`
    case long
    /// `Float`
    case real

    fileprivate var type: hid_t {
      switch self {
      case .byte: chdf5_native_byte()
      case .integer: chdf5_native_integer()
      case .long: chdf5_native_long()
      case .real: chdf5_native_real()
      }
    }
  }

  /// - Parameters:
  ///   - index: the index of the slice along the first axis; `nil` for the whole dataset.
  ///   - target: room for the slice.
  package func read(
    _ index: Int?, as number: Number, into target: UnsafeMutableRawPointer
  ) throws(HDF5Error) {
    var (start, count) = (shape.map { _ in 0 }, shape)
    if let index {
      precondition(shape.first.map { (0..<$0).contains(index) } ?? false, "no such slice")
      (start[0], count[0]) = (index, 1)
    }
    try read(start, count, as: number, into: target)
  }

  /// - Parameters:
  ///   - start: where the block begins, along each axis; within the dataset, as its end is.
  ///   - count: how far the block reaches along each axis.
  ///   - target: room for the block, the last axis the fastest.
  package func read(
    _ start: [Int], _ count: [Int], as number: Number, into target: UnsafeMutableRawPointer
  ) throws(HDF5Error) {
    let (start, count) = (start.map { hsize_t($0) }, count.map { hsize_t($0) })
    let inFile = try HDF5Identifier("read the shape of '\(path)'") { H5Dget_space(dataset.value) }
    try HDF5Library.call("choose a slice of '\(path)'") {
      H5Sselect_hyperslab(inFile.value, H5S_SELECT_SET, start, nil, count, nil)
    }
    let inMemory = try HDF5Identifier("describe a slice") {
      H5Screate_simple(Int32(count.count), count, nil)
    }
    try HDF5Library.call("read '\(path)'") {
      H5Dread(
        dataset.value, number.type, inMemory.value, inFile.value, chdf5_default(), target)
    }
  }

  /// Makes sure that the dataset can be decompressed.
  ///
  /// - Throws: where it is compressed in a way that this library does not know.
  private static func requireFilters(of dataset: HDF5Dataset) throws(HDF5Error) {
    let action = "read how '\(dataset.path)' is stored"
    let creation = try HDF5Identifier(action) { H5Dget_create_plist(dataset.identifier.value) }
    let count = try HDF5Library.call(action) { H5Pget_nfilters(creation.value) }
    for index in 0..<max(0, count) {
      var (flags, values, configuration): (UInt32, Int, UInt32) = (0, 0, 0)
      var name = [CChar](repeating: 0, count: 64)
      let filter = try HDF5Library.call(action) {
        H5Pget_filter2(
          creation.value, UInt32(index), &flags, &values, nil, name.count, &name, &configuration)
      }
      let isThere = try HDF5Library.call(action) { H5Zfilter_avail(filter) }
      guard isThere == 0 else { continue }
      let text = String(
        decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      let word = text.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.lowercased()
      let called = knownFilters[filter] ?? (word.isEmpty ? "number \(filter)" : word)
      throw HDF5Error(
        action: "read '\(dataset.path)'",
        causes: [
          "it is compressed with the filter \(called), which this program does not have: store the "
            + "dataset with gzip where the filter is known, e.g. h5repack -f GZIP=4 FILE COPY"
        ])
    }
  }

  /// The names of the usual filters among those that the HDF Group has registered, by number.
  private static let knownFilters: [H5Z_filter_t: String] = [
    4: "szip", 307: "bzip2", 32_000: "lzf", 32_001: "blosc", 32_004: "lz4", 32_008: "bitshuffle",
    32_013: "zfp", 32_015: "zstd", 32_026: "blosc2",
  ]

  private static func numbers(
    of dataset: HDF5Dataset
  ) throws(HDF5Error) -> (Numbers, isWide: Bool) {
    let action = "read the type of '\(dataset.path)'"
    var type = try HDF5Identifier(action) { H5Dget_type(dataset.identifier.value) }
    func kind() throws(HDF5Error) -> Int32 {
      try HDF5Library.call(action) { H5Tget_class(type.value).rawValue }
    }
    // As h5py stores booleans: numbers that have names.
    if try kind() == H5T_ENUM.rawValue {
      let named = type
      type = try HDF5Identifier(action) { H5Tget_super(named.value) }
    }
    if try kind() == H5T_FLOAT.rawValue { return (.reals, false) }
    guard try kind() == H5T_INTEGER.rawValue else {
      throw HDF5Error(action: "read '\(dataset.path)'", causes: ["it holds no numbers"])
    }
    let sign = try HDF5Library.call(action) { H5Tget_sign(type.value).rawValue }
    let size = try HDF5Library.call(action) { Int(H5Tget_size(type.value)) }
    guard sign == H5T_SGN_NONE.rawValue else { return (.integers, size > 4) }
    return switch size {
    case 1: (.bytes, false)
    case 2: (.words, false)
    default: (.integers, size > 3)
    }
  }
}
