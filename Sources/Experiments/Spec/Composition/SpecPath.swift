internal import Datasets
internal import Groundwork

/// The way to a value of a spec, e.g. `solver.base_lr` or `losses.dice.weight`.
///
/// An element of a list is named by its position from 0, or by its name where it is a component.
struct SpecPath: Sendable, Hashable, CustomStringConvertible {
  let components: [String]

  init(components: [String]) { self.components = components }

  /// Far more than a spec has; paths are followed part by part.
  static let maximumParts = 64

  /// - Returns: `nil` where a part is empty, or there are more than ``maximumParts``.
  init?(_ text: String) {
    let sweep = "sweep.parameters."
    // The keys of a sweep's parameters are paths themselves.
    let components =
      text.hasPrefix(sweep)
      ? ["sweep", "parameters", String(text.dropFirst(sweep.count))]
      : text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard components.count <= Self.maximumParts, components.allSatisfy({ !$0.isEmpty }) else {
      return nil
    }
    self.components = components
  }

  var description: String { components.joined(separator: ".") }

  func appending(_ component: String) -> SpecPath {
    SpecPath(components: components + [component])
  }

  /// - Parameter field: the field of a component, or a part of one with a `.` between the keys; `nil` for
  ///   the component itself.
  func appending(field: String?) -> SpecPath {
    SpecPath(
      components: components + (field?.split(separator: ".").map(String.init) ?? []))
  }

  var parent: SpecPath? {
    components.isEmpty ? nil : SpecPath(components: components.dropLast())
  }

  /// Tells whether the other path names this value or a part of it.
  func contains(_ other: SpecPath) -> Bool { other.components.starts(with: components) }

  static let root = SpecPath(components: [])
}
