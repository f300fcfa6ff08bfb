/// Reads one pickle (Python's pickletools describes its operations), as far as state dictionaries need
/// it. Nothing is executed: names become ``PickleGlobal`` tags, and what is called upon them is one of
/// four constructions of values.
struct PickleMachine {
  private(set) var heap = PickleHeap()
  /// The storages to which the pickle refers, by key.
  private(set) var storages: [String: TorchStorage] = [:]

  private var reader: ByteReader
  private var stack: [PickleValue] = []
  /// How long the stack was at each open mark.
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]

  private static let maximumStack = 1_000_000
  /// Of a global's line; PyTorch's longest has about 60.
  private static let maximumLine = 1024

  init(_ reader: ByteReader) { self.reader = reader }

  /// The object of the pickle; ``rest`` begins behind it.
  mutating func run() throws(Refusal) -> PickleValue {
    while true {
      let operation = try reader.byte()
      guard operation != Self.stop else { break }
      try perform(operation)
      guard stack.count + marks.count <= Self.maximumStack, memo.count <= Self.maximumStack else {
        throw Refusal.damaged("its pickle keeps more than \(Self.maximumStack) values")
      }
    }
    let value = try pop()
    guard stack.isEmpty, marks.isEmpty else { throw .brokenPickle }
    return value
  }

  /// What lies behind the pickle.
  var rest: ByteReader { reader }

  private static let stop = UInt8(ascii: ".")

  private mutating func perform(_ operation: UInt8) throws(Refusal) {
    switch operation {
    case 0x80: try checkProtocol()
    case UInt8(ascii: "N"): push(.none)
    case 0x88: push(.bool(true))
    case 0x89: push(.bool(false))
    case UInt8(ascii: "K"): push(.integer(Int(try reader.byte())))
    case UInt8(ascii: "M"): push(.integer(Int(try reader.integer(UInt16.self))))
    case UInt8(ascii: "J"): push(.integer(Int(try reader.integer(Int32.self))))
    case 0x8A: push(try longInteger())
    case UInt8(ascii: "G"):
      try reader.skip(8)
      push(.other)
    case UInt8(ascii: "X"): push(.text(try reader.text(try reader.count(bytes: 4))))
    case UInt8(ascii: "U"): push(.text(try reader.text(try reader.count(bytes: 1))))
    case UInt8(ascii: "("): marks.append(stack.count)
    case UInt8(ascii: ")"): push(.tuple(try heap.addSequence()))
    case 0x85...0x87: push(.tuple(try heap.addSequence(try pop(Int(operation - 0x84)))))
    case UInt8(ascii: "t"): push(.tuple(try heap.addSequence(try popToMark())))
    case UInt8(ascii: "]"): push(.list(try heap.addSequence()))
    case UInt8(ascii: "}"): push(.dictionary(try heap.addDictionary()))
    case UInt8(ascii: "a"): try append(try pop(1))
    case UInt8(ascii: "e"): try append(try popToMark())
    case UInt8(ascii: "s"): try insert(try pop(2))
    case UInt8(ascii: "u"): try insert(try popToMark())
    case UInt8(ascii: "q"): memo[try reader.count(bytes: 1)] = try top()
    case UInt8(ascii: "r"): memo[try reader.count(bytes: 4)] = try top()
    case UInt8(ascii: "h"): push(try recall(try reader.count(bytes: 1)))
    case UInt8(ascii: "j"): push(try recall(try reader.count(bytes: 4)))
    case UInt8(ascii: "c"): push(.global(try PickleGlobal(module: try line(), name: try line())))
    case UInt8(ascii: "R"): try reduce()
    case UInt8(ascii: "b"): try build()
    case UInt8(ascii: "Q"): push(.storage(try storage()))
    default: throw Self.unknown(operation)
    }
  }

  private static func unknown(_ operation: UInt8) -> Refusal {
    Refusal(
      "its pickle has the operation 0x\(String(operation, radix: 16)), which state dictionaries do "
        + "not need",
      remedy: "save it again with torch.save(model.state_dict(), …) and no other pickle_protocol")
  }
}

// MARK: - Stack

extension PickleMachine {
  private mutating func push(_ value: PickleValue) { stack.append(value) }

  private func top() throws(Refusal) -> PickleValue {
    guard let value = stack.last, stack.count > marks.last ?? 0 else { throw .brokenPickle }
    return value
  }

  private mutating func pop() throws(Refusal) -> PickleValue {
    let value = try top()
    stack.removeLast()
    return value
  }

  /// The last values, the lowest first. None lies below the last mark.
  private mutating func pop(_ count: Int) throws(Refusal) -> [PickleValue] {
    guard stack.count - count >= marks.last ?? 0 else { throw .brokenPickle }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popToMark() throws(Refusal) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw .brokenPickle }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  private func recall(_ place: Int) throws(Refusal) -> PickleValue {
    guard let value = memo[place] else { throw .brokenPickle }
    return value
  }

  private mutating func append(_ values: [PickleValue]) throws(Refusal) {
    guard case .list(let list) = try top() else { throw .brokenPickle }
    try heap.append(values, to: list)
  }

  private mutating func insert(_ values: [PickleValue]) throws(Refusal) {
    guard case .dictionary(let dictionary) = try top() else { throw .brokenPickle }
    try heap.insert(values, into: dictionary)
  }
}

// MARK: - Values

extension PickleMachine {
  private mutating func checkProtocol() throws(Refusal) {
    let version = try reader.byte()
    guard version == 2 || version == 3 else {
      throw Refusal(
        "its pickle is of protocol \(version)",
        remedy: "save it again with torch.save and no other pickle_protocol")
    }
  }

  /// Two's complement, little-endian. What is beyond 64 bits is no size and no count.
  private mutating func longInteger() throws(Refusal) -> PickleValue {
    let count = try reader.count(bytes: 1)
    var bytes = try reader.part(count)
    guard count <= 8 else { return .other }
    var value: UInt64 = 0
    var isNegative = false
    for index in 0..<count {
      let byte = try bytes.byte()
      value |= UInt64(byte) << UInt64(8 * index)
      isNegative = byte >= 0x80
    }
    if isNegative, count < 8 { value |= UInt64.max << UInt64(8 * count) }
    return .integer(Int(bitPattern: UInt(value)))
  }

  private mutating func line() throws(Refusal) -> String {
    var ahead = reader
    var count = 0
    while try ahead.byte() != 0x0A {
      count += 1
      guard count <= Self.maximumLine else { throw .brokenPickle }
    }
    let line = try reader.text(count)
    try reader.skip(1)
    return line
  }

  /// A construction of a value: `function(*arguments)` in Python, here a choice among four.
  private mutating func reduce() throws(Refusal) {
    guard case .tuple(let tuple) = try pop(), case .global(let global) = try pop() else {
      throw .brokenPickle
    }
    push(try construct(global, heap.sequence(tuple)))
  }

  private mutating func construct(
    _ global: PickleGlobal, _ arguments: [PickleValue]
  ) throws(Refusal) -> PickleValue {
    switch global {
    case .dictionary: return .dictionary(try dictionary(of: arguments))
    case .rebuildTensor: return .tensor(try tensor(of: arguments))
    case .rebuildParameter:
      guard case .tensor(let tensor)? = arguments.first else { throw .brokenPickle }
      return .tensor(tensor)
    case .size:
      guard arguments.count == 1, case .tuple = arguments[0] else { throw .brokenPickle }
      return arguments[0]
    case .inert: return .other
    case .storage: throw .brokenPickle
    }
  }

  /// An empty one; or, in checkpoints of Python 2, one of a list of pairs.
  private mutating func dictionary(of arguments: [PickleValue]) throws(Refusal) -> Int {
    let dictionary = try heap.addDictionary()
    switch arguments.first {
    case nil: break
    case .list(let list)?:
      for pair in heap.sequence(list) {
        switch pair {
        case .list(let place), .tuple(let place):
          guard heap.sequence(place).count == 2 else { throw .brokenPickle }
          try heap.insert(heap.sequence(place), into: dictionary)
        default: throw .brokenPickle
        }
      }
    case .dictionary(let other)?:
      try heap.insert(heap.dictionary(other).flatMap { [$0.key, $0.value] }, into: dictionary)
    default: throw .brokenPickle
    }
    return dictionary
  }

  /// Of `(storage, offset, size, stride, …)`; the rest is about training.
  private func tensor(of arguments: [PickleValue]) throws(Refusal) -> TorchTensor {
    guard arguments.count >= 4, case .storage(let storage) = arguments[0],
      case .integer(let offset) = arguments[1], let shape = heap.integers(arguments[2]),
      let strides = heap.integers(arguments[3])
    else { throw .brokenPickle }
    return TorchTensor(
      storage: storage, view: ValueSource.View(offset: offset, shape: shape, strides: strides))
  }

  /// An object's state, of which a dictionary's (`_metadata`) says nothing about weights.
  private mutating func build() throws(Refusal) {
    _ = try pop()
    switch try top() {
    case .dictionary, .other: break
    default: throw .brokenPickle
    }
  }

  /// Of `("storage", type, key, device, count)`, and in files of before 1.6 a part of another storage,
  /// which none has used since 0.4.
  private mutating func storage() throws(Refusal) -> TorchStorage {
    guard case .tuple(let tuple) = try pop() else { throw .brokenPickle }
    let parts = heap.sequence(tuple)
    guard parts.count >= 5, case .text("storage") = parts[0],
      case .global(.storage(let type)) = parts[1], case .text(let key) = parts[2],
      case .integer(let count) = parts[4], count >= 0
    else { throw .brokenPickle }
    if parts.count > 5 {
      guard case .none = parts[5] else {
        throw Refusal(
          "a storage in it is a part of another", remedy: "save it again with a newer PyTorch")
      }
    }
    let storage = TorchStorage(key: key, type: type, count: count)
    guard storages[key, default: storage] == storage else {
      throw Refusal(
        "its storage '\(key)' is used as numbers of two types", remedy: "clone() tensors of view()s"
      )
    }
    storages[key] = storage
    return storage
  }
}
