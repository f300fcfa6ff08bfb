/// The groups and datasets in the bytes of an HDF5 file, as the HDF5 File Format Specification 3.0
/// describes them.
///
/// libhdf5 trusts what it reads, and damaged files end or hang its process; this reader checks each
/// length and follows nothing without a limit. It knows what libhdf5 writes in its default, oldest
/// format and h5py with it, and refuses the rest: data in chunks, links and attributes in heaps of
/// their own, which Keras does not make.
final class HDF5Objects {
  let contents: FileContents
  /// The place of the HDF5 file, which may be an entry of an archive.
  private let place: Range<Int>
  /// Steps that may still be taken, over all structures, however they refer to one another.
  private var budget = 4_000_000
  private var members: [Int: [HDF5Member]] = [:]
  /// The addresses of the members of a group, by name.
  private var addresses: [Int: [String: Int]] = [:]
  /// The address of the group `/`.
  let root: Int

  static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
  /// An address that leads nowhere.
  static let undefined = UInt64.max

  init(_ contents: FileContents, _ place: Range<Int>) throws(Refusal) {
    self.contents = contents
    self.place = place
    let superblock = try HDF5Superblock(ByteReader(contents, place))
    guard superblock.end <= place.count else { throw Refusal.truncated }
    root = superblock.root
  }

  /// The bytes from an address of the file on.
  func reader(at address: Int) throws(Refusal) -> ByteReader {
    guard address >= 0, address <= place.count else {
      throw Refusal.damaged("an address in it lies outside of it")
    }
    return ByteReader(contents, (place.lowerBound + address)..<place.upperBound)
  }

  /// Counts a step.
  ///
  /// - Throws: where the file makes its reader go in circles.
  func spend(_ steps: Int = 1) throws(Refusal) {
    budget -= steps
    guard budget >= 0 else { throw Refusal.damaged("its groups refer to one another without end") }
  }

  /// The members of a group in the order of the file; none for a dataset.
  func members(of group: Int) throws(Refusal) -> [HDF5Member] {
    if let known = members[group] { return known }
    let found = try HDF5Group.members(of: group, self)
    members[group] = found
    return found
  }

  private func addresses(of group: Int) throws(Refusal) -> [String: Int] {
    if let known = addresses[group] { return known }
    let found = Dictionary(try members(of: group).map { ($0.name, $0.address) }) { first, _ in first
    }
    addresses[group] = found
    return found
  }

  /// The address of what a path such as `conv1/kernel:0` leads to; `nil` where there is nothing.
  func find(_ path: String, from group: Int) throws(Refusal) -> Int? {
    var address = group
    for name in path.split(separator: "/") {
      try spend()
      guard let next = try addresses(of: address)[String(name)] else { return nil }
      address = next
    }
    return address
  }
}

struct HDF5Member {
  let name: String
  /// Of its object header.
  let address: Int
}

/// The beginning of an HDF5 file.
private struct HDF5Superblock {
  /// The file's size when it was closed.
  let end: Int
  let root: Int

  init(_ start: ByteReader) throws(Refusal) {
    var reader = start
    try reader.skip(HDF5Objects.signature.count)
    let version = try reader.byte()
    switch version {
    case 0, 1:
      try reader.skip(4)
      try Self.requireWidths(&reader)
      try reader.skip(version == 0 ? 9 : 13)
      try Self.requireBase(&reader)
      try reader.skip(8)
      end = try reader.count()
      try reader.skip(16)
      root = try reader.count()
    case 2, 3:
      try Self.requireWidths(&reader)
      try reader.skip(1)
      try Self.requireBase(&reader)
      try reader.skip(8)
      end = try reader.count()
      root = try reader.count()
    default: throw Refusal.damaged("its HDF5 superblock is of the version \(version)")
    }
  }

  private static func requireWidths(_ reader: inout ByteReader) throws(Refusal) {
    guard try reader.byte() == 8, try reader.byte() == 8 else {
      throw Refusal("its HDF5 addresses do not have 64 bits", remedy: "copy it with h5repack")
    }
  }

  private static func requireBase(_ reader: inout ByteReader) throws(Refusal) {
    guard try reader.count() == 0 else {
      throw Refusal("its HDF5 part does not begin the file", remedy: "copy it with h5repack")
    }
  }
}
