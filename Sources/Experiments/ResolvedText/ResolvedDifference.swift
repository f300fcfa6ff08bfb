internal import Tracking

/// The values that two specs do not share.
struct ResolvedDifference: Encodable {
  /// A value of one of them or both, as YAML; `nil` for one that does not have it.
  struct Change: Encodable {
    let path: String
    let first: String?
    let second: String?
  }

  let changes: [Change]

  init(_ first: [YAMLNode.Value], _ second: [YAMLNode.Value]) {
    let others = Dictionary(second.map { ($0.path, $0.text) }) { first, _ in first }
    let own = Set(first.map(\.path))
    let changed = first.filter { others[$0.path] != $0.text }
      .map { Change(path: $0.path, first: $0.text, second: others[$0.path]) }
    let further = second.filter { !own.contains($0.path) }
      .map { Change(path: $0.path, first: nil, second: $0.text) }
    changes = changed + further
  }

  /// - Parameter names: what the specs are called.
  func text(of names: (String, String), width: Int?) -> String {
    guard !changes.isEmpty else { return "no value differs" }
    var table = TableLayout([
      .init("value", shortens: false), .init(names.0), .init(names.1),
    ])
    for change in changes { table.add([change.path, change.first ?? "–", change.second ?? "–"]) }
    return table.text(width: width)
  }
}
