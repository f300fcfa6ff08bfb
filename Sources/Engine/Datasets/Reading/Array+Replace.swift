extension Array where Element: BitwiseCopyable {
  /// Writes a range of another array's elements from a place on, without new memory.
  mutating func replace(_ place: Int, by source: [Element], _ range: Range<Int>) {
    precondition(
      range.upperBound <= source.count && place + range.count <= count, "beyond the elements")
    source.withUnsafeBufferPointer { source in
      withUnsafeMutableBufferPointer { target in
        guard let from = source.baseAddress, let to = target.baseAddress else { return }
        (to + place).update(from: from + range.lowerBound, count: range.count)
      }
    }
  }
}
