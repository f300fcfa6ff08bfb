internal import Dispatch

/// The results of a function of each element, in their order, made on all cores.
///
/// - Parameter chunk: how many elements a thread takes at once.
package func parallelMap<Element: Sendable, Result: Sendable>(
  _ elements: [Element], chunk: Int = 16, _ transform: @Sendable (Element) -> Result
) -> [Result] {
  [Result](unsafeUninitializedCapacity: elements.count) { buffer, count in
    nonisolated(unsafe) let results = buffer
    DispatchQueue.concurrentPerform(iterations: (elements.count + chunk - 1) / chunk) { index in
      for place in index * chunk..<min(elements.count, (index + 1) * chunk) {
        (results.baseAddress! + place).initialize(to: transform(elements[place]))
      }
    }
    count = elements.count
  }
}
