/// Finds the tensors in the object of a checkpoint: in dictionaries, lists and tuples in one another.
struct StateDictionary {
  private(set) var tensors: [(container: [String], key: String, tensor: TorchTensor)] = []
  private let heap: PickleHeap
  /// How many values have been looked at: a value may be in several places.
  private var visited = 0

  private static let maximumDepth = 32
  private static let maximumVisits = 4_000_000
  /// Bytes of a tensor's whole name.
  private static let maximumName = 4096

  init(_ value: PickleValue, heap: PickleHeap) throws(Refusal) {
    self.heap = heap
    switch value {
    case .dictionary, .list, .tuple: try visit(value, at: [])
    case .tensor:
      throw Refusal(
        "it is a single tensor without a name", remedy: "save a dictionary of tensors by name")
    default: throw Refusal("it holds no state dictionary")
    }
  }

  private mutating func visit(_ value: PickleValue, at path: [String]) throws(Refusal) {
    visited += 1
    guard path.count <= Self.maximumDepth, visited <= Self.maximumVisits,
      path.reduce(0, { $0 + $1.utf8.count }) <= Self.maximumName
    else { throw Refusal.damaged("its dictionaries lie too deep in one another") }
    switch value {
    case .dictionary(let place):
      visited += heap.dictionary(place).count
      for (key, value) in Self.newest(heap.dictionary(place)) { try visit(value, at: path + [key]) }
    case .list(let place), .tuple(let place):
      visited += heap.sequence(place).count
      for (index, value) in heap.sequence(place).enumerated() where value.mayHoldTensors {
        try visit(value, at: path + [String(index)])
      }
    case .tensor(let tensor):
      guard tensors.count < WeightListing.maximumCount else {
        throw Refusal.damaged("it has more than \(WeightListing.maximumCount) tensors")
      }
      tensors.append((Array(path.dropLast()), path[path.count - 1], tensor))
    default: break
    }
  }

  /// The entries that may hold tensors, each key once, with its last value, where it came first.
  private static func newest(
    _ entries: [(key: PickleValue, value: PickleValue)]
  ) -> [(key: String, value: PickleValue)] {
    var places: [String: Int] = [:]
    var newest: [(key: String, value: PickleValue)] = []
    for entry in entries {
      let key: String
      switch entry.key {
      case .text(let text): key = text
      case .integer(let number): key = String(number)
      default: continue
      }
      if let place = places[key] {
        newest[place].value = entry.value
      } else {
        places[key] = newest.count
        newest.append((key, entry.value))
      }
    }
    return newest.filter { $0.value.mayHoldTensors }
  }
}

extension PickleValue {
  fileprivate var mayHoldTensors: Bool {
    switch self {
    case .dictionary, .list, .tuple, .tensor: true
    default: false
    }
  }
}
