@testable import Datasets
@testable import Groundwork
import Testing

@Suite("Every component of every list")
struct RegistryTests {
  static let registries: [Registry] = [
    .templates, .losses, .solvers, .schedules, .augmentations, .metrics,
  ]
  static let kinds = registries.map { $0.kind }

  func registry(_ kind: String) throws -> Registry {
    try #require(Self.registries.first { $0.kind == kind })
  }

  @Test("names are unique", arguments: kinds)
  func uniqueNames(kind: String) throws {
    let names = try registry(kind).names
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { !$0.isEmpty && !$0.contains(" ") })
  }

  @Test("a component is found by its name and nothing by another", arguments: kinds)
  func find(kind: String) throws {
    let registry = try registry(kind)
    for component in registry.components {
      #expect(registry.find(component.name) == component)
    }
    #expect(registry.find("no_such_\(kind)") == nil)
  }

  @Test("help is one sentence, for the component and for each field", arguments: kinds)
  func sentences(kind: String) throws {
    for component in try registry(kind).components {
      #expect(component.about.count > 1 && component.about.hasSuffix("."), "\(component.name)")
      #expect(component.example.contains(component.name), "\(component.name)")
      for field in component.fields {
        #expect(
          field.about.count > 1 && field.about.hasSuffix("."), "\(component.name).\(field.name)")
      }
    }
  }

  @Test("fields are unique and their defaults are allowed values", arguments: kinds)
  func fields(kind: String) throws {
    for component in try registry(kind).components {
      #expect(Set(component.fields.map { $0.name }).count == component.fields.count)
      for field in component.fields {
        guard let fallback = field.fallback else { continue }
        #expect(field.type.allows(fallback), "\(component.name).\(field.name)")
      }
    }
  }

  @Test("nothing but the required fields has to be written", arguments: kinds)
  func defaults(kind: String) throws {
    let registry = try registry(kind)
    for name in registry.names { _ = try registry.makeDefault(name) }
  }
}
