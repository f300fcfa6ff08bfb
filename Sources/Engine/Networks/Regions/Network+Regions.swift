extension Network {
  /// True where the network finds objects in regions that it chooses.
  package var choosesRegions: Bool {
    nodes.contains { node in
      if case .regions = node.operation { true } else { false }
    }
  }
}
