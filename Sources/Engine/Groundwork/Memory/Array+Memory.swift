extension Array where Element: BitwiseCopyable & ExpressibleByIntegerLiteral {
  /// Makes room for `count` elements, in the memory that is there where it suffices. What they hold
  /// then is unspecified.
  package mutating func resize(to count: Int) {
    if count > capacity {
      self = Array(repeating: 0, count: count)
    } else if count > self.count {
      append(contentsOf: repeatElement(0, count: count - self.count))
    } else {
      removeLast(self.count - count)
    }
  }
}

extension Array {
  /// An array that `body` fills through a pointer, for the C kernels. Every element must be
  /// written.
  package static func filled(
    count: Int, _ body: (UnsafeMutablePointer<Element>) -> Void
  ) -> [Element] where Element: BitwiseCopyable {
    guard count > 0 else { return [] }
    return [Element](unsafeUninitializedCapacity: count) { buffer, filledCount in
      guard let start = buffer.baseAddress else { return }
      body(start)
      filledCount = count
    }
  }
}

extension Array where Element: BitwiseCopyable {
  /// The bytes of the elements; as `withUnsafeMutableBytes`, with the type of what is thrown.
  package mutating func withMutableBytes<Result, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeMutableBufferPointer { (elements) throws(Failure) in
      try body(UnsafeMutableRawBufferPointer(elements))
    }
  }

  /// The same of elements that stay as they are.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeBufferPointer { (elements) throws(Failure) in
      try body(UnsafeRawBufferPointer(elements))
    }
  }
}
