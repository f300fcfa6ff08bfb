internal import Tracking

/// Reads one spec strictly and keeps every problem it meets.
///
/// Sections read themselves from ``SpecValue``s, which report here; a reader goes on after a
/// problem with whatever stands in, and its section is `nil` in the end.
final class SpecDecoder {
  let catalog: ComponentCatalog
  private(set) var diagnostics: [SpecDiagnostic] = []
  private(set) var places: SpecPlaces
  /// Absolute: where relative paths of what is read start; `nil` where none is.
  let folder: String?
  /// `data.root` as it was read: what else is in `data` is relative to it.
  var dataRoot: String?

  init(catalog: ComponentCatalog, source: SourceText, folder: String? = nil) {
    self.catalog = catalog
    self.folder = folder
    places = SpecPlaces(source)
  }

  func report(_ message: String, at mark: Mark, remedy: String? = nil) {
    diagnostics.append(SpecDiagnostic(message, at: mark, remedy: remedy))
  }

  func note(_ path: SpecPath, at mark: Mark) { places[path] = mark }

  /// What the closure makes, or `nil` where it had a problem to report.
  func whole<Section>(_ read: () -> Section?) -> Section? {
    let problems = diagnostics.count
    let section = read()
    return diagnostics.count == problems ? section : nil
  }

  /// The root of a spec, as a value to read from.
  func root(_ node: YAMLNode) -> SpecValue {
    SpecValue(path: .root, node: node, place: places[.root], decoder: self)
  }
}
