/// A checkpoint of before PyTorch 1.6: five pickles, and behind them the storages.
///
/// The pickles are a magic number, a version, facts about the machine, the object, and the keys of
/// the storages in their order; each storage is a count of eight bytes and its numbers.
enum LegacyTorchFile {
  /// The pickle of the magic number 0x1950A86A20F9469CFC6C.
  static let signature: [UInt8] = [
    0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
  ]

  static func listing(of contents: FileContents) throws(Refusal) -> WeightListing {
    var reader = ByteReader(contents)
    try reader.skip(signature.count)
    guard case .integer(1001) = try object(&reader).value else {
      throw Refusal.damaged("it is not of the version that PyTorch has written")
    }
    let isBigEndian = try isBigEndian(try object(&reader))
    let (value, machine) = try object(&reader)
    let keys = try keys(try object(&reader))
    let state = try StateDictionary(value, heap: machine.heap)
    var places: [String: Range<Int>] = [:]
    for key in keys {
      guard let storage = machine.storages[key], places[key] == nil else {
        throw Refusal.damaged("no tensor of it uses the storage '\(key)', or it is there twice")
      }
      let count = try reader.count()
      guard count == storage.count else {
        throw Refusal.damaged("its storage '\(key)' has two sizes, \(count) and \(storage.count)")
      }
      places[key] = try reader.range(try Extent.multiply(count, storage.type.size))
    }
    return try TorchListing.make(.legacy, state, places: places, isBigEndian: isBigEndian)
  }

  private typealias Object = (value: PickleValue, machine: PickleMachine)

  private static func object(_ reader: inout ByteReader) throws(Refusal) -> Object {
    var machine = PickleMachine(reader)
    let value = try machine.run()
    reader = machine.rest
    return (value, machine)
  }

  private static func isBigEndian(_ facts: Object) throws(Refusal) -> Bool {
    guard case .dictionary(let place) = facts.value,
      case .bool(let isLittleEndian)? = facts.machine.heap.value("little_endian", in: place)
    else { throw Refusal.damaged("it does not say how its numbers are stored") }
    return !isLittleEndian
  }

  private static func keys(_ list: Object) throws(Refusal) -> [String] {
    guard case .list(let place) = list.value else { throw .brokenPickle }
    var keys: [String] = []
    for value in list.machine.heap.sequence(place) {
      guard case .text(let key) = value else { throw .brokenPickle }
      keys.append(key)
    }
    return keys
  }
}
