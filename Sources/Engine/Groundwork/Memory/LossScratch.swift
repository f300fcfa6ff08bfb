/// Memory that the kernel of a loss or the accumulator of a metric allocates once and uses in every
/// call.
package final class LossScratch<Element: BitwiseCopyable> {
  package let pointer: UnsafeMutablePointer<Element>
  package let count: Int

  package init(repeating value: Element, count: Int) {
    self.count = count
    pointer = .allocate(capacity: count)
    pointer.initialize(repeating: value, count: count)
  }

  package convenience init(_ values: [Element]) {
    self.init(repeating: values[0], count: values.count)
    pointer.update(from: values, count: values.count)
  }

  deinit { pointer.deallocate() }
}
