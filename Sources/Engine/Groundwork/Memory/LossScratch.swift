/// Memory that the kernel of a loss or the meter of a metric allocates once and uses in every call.
final class LossScratch<Element: BitwiseCopyable> {
  let pointer: UnsafeMutablePointer<Element>
  let count: Int

  init(repeating value: Element, count: Int) {
    self.count = count
    pointer = .allocate(capacity: count)
    pointer.initialize(repeating: value, count: count)
  }

  convenience init(_ values: [Element]) {
    self.init(repeating: values[0], count: values.count)
    pointer.update(from: values, count: values.count)
  }

  deinit { pointer.deallocate() }
}
