/// A value of a pickle. Tuples, lists and dictionaries are numbers of places in a ``PickleHeap``, so
/// that no nesting, however deep, is ever followed without a limit.
enum PickleValue {
  case none
  case bool(Bool)
  case integer(Int)
  case text(String)
  case tuple(Int)
  case list(Int)
  case dictionary(Int)
  case global(PickleGlobal)
  case storage(TorchStorage)
  case tensor(TorchTensor)
  /// A value of which weights need nothing, e.g. a real number.
  case other
}

/// All tuples, lists and dictionaries of a pickle.
struct PickleHeap {
  private var sequences: [[PickleValue]] = []
  private var dictionaries: [[(key: PickleValue, value: PickleValue)]] = []
  private var size = 0

  /// No checkpoint has more values in all.
  private static let maximumSize = 2_000_000

  mutating func addSequence(_ values: [PickleValue] = []) throws(Refusal) -> Int {
    try grow(1 + values.count)
    sequences.append(values)
    return sequences.count - 1
  }

  mutating func addDictionary() throws(Refusal) -> Int {
    try grow(1)
    dictionaries.append([])
    return dictionaries.count - 1
  }

  mutating func append(_ values: [PickleValue], to sequence: Int) throws(Refusal) {
    try grow(values.count)
    sequences[sequence] += values
  }

  /// - Parameter values: keys and values by turns.
  mutating func insert(_ values: [PickleValue], into dictionary: Int) throws(Refusal) {
    guard values.count.isMultiple(of: 2) else { throw .brokenPickle }
    try grow(values.count)
    for index in stride(from: 0, to: values.count, by: 2) {
      dictionaries[dictionary].append((values[index], values[index + 1]))
    }
  }

  func sequence(_ place: Int) -> [PickleValue] { sequences[place] }

  /// In the order in which they were inserted; a key may be there again with a newer value.
  func dictionary(_ place: Int) -> [(key: PickleValue, value: PickleValue)] { dictionaries[place] }

  /// The integers of a tuple or list; `nil` where it has others.
  func integers(_ value: PickleValue) -> [Int]? {
    let place: Int
    switch value {
    case .tuple(let tuple): place = tuple
    case .list(let list): place = list
    default: return nil
    }
    guard sequences[place].count <= Extent.maximumRank else { return nil }
    var integers: [Int] = []
    for value in sequences[place] {
      guard case .integer(let integer) = value else { return nil }
      integers.append(integer)
    }
    return integers
  }

  /// The value of a text key, the newest where there are several.
  func value(_ key: String, in dictionary: Int) -> PickleValue? {
    dictionaries[dictionary].last { entry in
      if case .text(key) = entry.key { true } else { false }
    }?.value
  }

  private mutating func grow(_ count: Int) throws(Refusal) {
    size += count
    guard size <= Self.maximumSize else {
      throw Refusal.damaged("its pickle has more than \(Self.maximumSize) values")
    }
  }
}

extension Refusal {
  static var brokenPickle: Refusal { .damaged("its pickle does not make sense") }
}
