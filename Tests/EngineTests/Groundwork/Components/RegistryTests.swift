@testable import Datasets
@testable import Groundwork
import Testing

@Suite("Every component of every list")
struct RegistryTests {
  /// A list without what is particular to its kind.
  struct List: Sendable {
    let kind: String
    let components: [any Component.Type]
    let find: @Sendable (String) -> (any Component.Type)?

    init<Member>(
      _ registry: Registry<Member>, _ component: @escaping @Sendable (Member) -> any Component.Type
    ) {
      (kind, components) = (registry.kind, registry.components)
      find = { registry.find($0).map(component) }
    }
  }

  static let registries = [
    List(.templates) { $0 }, List(.losses) { $0 }, List(.solvers) { $0 }, List(.schedules) { $0 },
    List(.augmentations) { $0 }, List(.metrics) { $0 }, List(.layers) { $0 },
  ]
  static let kinds = registries.map { $0.kind }

  func registry(_ kind: String) throws -> List {
    try #require(Self.registries.first { $0.kind == kind })
  }

  @Test("names are unique", arguments: kinds)
  func uniqueNames(kind: String) throws {
    let names = try registry(kind).components.map { $0.name }
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
    for component in try registry(kind).components { _ = try defaultComponent(component) }
  }
}
