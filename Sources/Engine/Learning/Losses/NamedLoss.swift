package struct NamedLoss: Sendable, Hashable {
  package var name: String
  package var value: Double
  package init(name: String, value: Double) {
    self.name = name
    self.value = value
  }
}
