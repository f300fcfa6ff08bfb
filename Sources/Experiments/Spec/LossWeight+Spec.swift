internal import Datasets
internal import Groundwork
internal import Learning

/// `weight` of a loss: a number, or how it changes during a training.
extension LossWeight {
  private static let step = "step"
  private static let shapes = Shape.allCases.map(\.rawValue) + [step]

  /// `0.5`, `{linear: {from: 1, to: 0.01, over: 20 epochs}}`, `{cosine: …}`, or
  /// `{step: {from: 0, to: 1, at: 10 epochs}}`.
  static func read(_ value: SpecValue) -> LossWeight? {
    guard value.node.entries != nil else {
      return value.number(in: Bounds(atLeast: 0)).map { .constant($0) }
    }
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      keys.requireAtMostOne(of: shapes)
      let name = shapes.first { keys.has($0) }
      keys.finish()
      guard let name, let entries = keys[name]?.mapping() else {
        if keys.entries.isEmpty {
          value.report("names no schedule", remedy: "one of \(shapes.joined(separator: ", "))")
        }
        return nil
      }
      return read(entries, name)
    }
  }

  private static func read(_ keys: SpecMapping, _ name: String) -> LossWeight? {
    let from = keys.required("from")?.number(in: Bounds(atLeast: 0))
    let to = keys.required("to")?.number(in: Bounds(atLeast: 0))
    guard let shape = Shape(rawValue: name) else {
      let time = keys.required("at")?.iterationsOrEpochs()
      keys.finish()
      guard let from, let to, let time else { return nil }
      return .step(from: from, to: to, at: time)
    }
    let after = keys["after"]?.iterationsOrEpochs()
    let over = keys.required("over")?.iterationsOrEpochs()
    keys.finish()
    guard let from, let to, let over else { return nil }
    return .scheduled(shape, from: from, to: to, after: after, over: over)
  }

  var canonical: CanonicalJSON {
    switch self {
    case .constant(let weight): return .number(weight)
    case .scheduled(let shape, let from, let to, let after, let over):
      var entries: [String: CanonicalJSON] = [
        "from": .number(from), "to": .number(to), "over": CanonicalJSON(over),
      ]
      entries["after"] = after.map { CanonicalJSON($0) }
      return .object([shape.rawValue: .object(entries)])
    case .step(let from, let to, let time):
      let entries: [String: CanonicalJSON] = [
        "from": .number(from), "to": .number(to), "at": CanonicalJSON(time),
      ]
      return .object([Self.step: .object(entries)])
    }
  }
}
