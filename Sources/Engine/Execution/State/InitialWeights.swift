/// What parameters and running statistics begin with in place of their initialization.
package struct InitialWeights: Sendable {
  package typealias Values = @Sendable () throws -> [Float]

  /// The values of some of a network's tensors, by name; read when they are needed, one by one.
  private let values: [String: Values]

  package init(_ values: [String: Values]) { self.values = values }

  /// The number of tensors.
  package var count: Int { values.count }

  /// Writes them over what a state has; the other tensors stay as they are.
  package func fill(_ state: NetworkState) throws {
    for tensors in [state.parameters, state.statistics] {
      for (index, entry) in tensors.entries.enumerated() {
        guard let values = try values[entry.name]?() else { continue }
        precondition(values.count == entry.count, "\(values.count) values for \(entry.name)")
        _ = tensors[index].update(from: values)
      }
      tensors.upload()
    }
  }
}
