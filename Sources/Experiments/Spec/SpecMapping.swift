internal import Datasets
internal import Tracking

/// A mapping that is being read key by key; what nobody asked for is unknown.
final class SpecMapping {
  let path: SpecPath
  /// Its key, where it has one.
  let place: Mark
  /// The mapping itself.
  private let mark: Mark
  let decoder: SpecDecoder
  /// How messages call it, e.g. `solver (type: SGD)`; `nil` for the spec itself.
  var title: String?
  let entries: [YAMLEntry]
  /// The keys of its section whose values are wrong or missing.
  var misread: Set<String> = []
  private var known: [String] = []

  /// - Parameter mark: of the mapping itself, where it is not its place.
  init(
    path: SpecPath, title: String?, place: Mark, mark: Mark? = nil, entries: [YAMLEntry],
    decoder: SpecDecoder
  ) {
    self.path = path
    self.place = place
    self.mark = mark ?? place
    self.decoder = decoder
    self.entries = entries
    self.title = title ?? (path == .root ? nil : path.description)
  }

  /// Tells whether the key is written, with or without a value.
  func has(_ key: String) -> Bool {
    know(key)
    return entries.contains { $0.key == key }
  }

  /// The value of a key that may be left out.
  subscript(key: String) -> SpecValue? {
    know(key)
    guard let entry = entries.first(where: { $0.key == key }) else { return nil }
    let entryPath = path.appending(key)
    decoder.note(entryPath, at: entry.value.isNull ? entry.keyMark : entry.value.mark)
    if entry.value.isNull {
      decoder.report(.missingValue, "\(entryPath) has no value", at: entry.keyMark)
      return nil
    }
    return SpecValue(path: entryPath, node: entry.value, place: entry.keyMark, decoder: decoder)
  }

  /// The value of a key that must be written.
  func required(_ key: String) -> SpecValue? {
    if !has(key) { reportMissing(key) }
    return self[key]
  }

  func reportMissing(_ key: String) {
    decoder.report(.missingKey, "missing key '\(key)'" + suffix, at: place)
  }

  /// - Parameter keys: one of which must be written.
  func reportMissing(oneOf keys: [String]) {
    reportMissing(keys.joined(separator: "' or '"))
  }

  /// Reports what is wrong with the mapping as a whole.
  func report(_ code: DiagnosticCode, _ message: String, remedy: String? = nil) {
    decoder.report(code, "\(path) \(message)", at: mark, remedy: remedy)
  }

  /// Reports what no other kind of fault describes better.
  func report(_ message: String, remedy: String? = nil) {
    report(.refusedValue, message, remedy: remedy)
  }

  /// The value that a key which is not written would have, for what takes its place.
  func valueInPlace(of key: String) -> SpecValue {
    let nothing = YAMLNode(content: .mapping([]), mark: place)
    return SpecValue(path: path.appending(key), node: nothing, place: place, decoder: decoder)
  }

  /// Reports keys that exclude each other; at most one of them may be written.
  func requireAtMostOne(of keys: [String]) {
    let written = entries.filter { keys.contains($0.key) }
    guard let first = written.first, let second = written.first(where: { $0.key != first.key })
    else { return }
    decoder.report(
      .excludingKeys, "'\(second.key)' and '\(first.key)' exclude each other" + suffix,
      at: second.keyMark,
      remedy: "leave one of them out")
  }

  /// Reports a key that was meant to say what another says.
  func refuse(_ key: String, remedy: String) {
    guard let entry = entries.first(where: { $0.key == key }) else { return }
    if !known.contains(key) { known.append(key) }
    decoder.report(.unknownKey, "unknown key '\(key)'" + suffix, at: entry.keyMark, remedy: remedy)
  }

  /// Reports every key that was not asked for.
  func finish() {
    for entry in entries where !known.contains(entry.key) {
      decoder.report(
        .unknownKey, "unknown key '\(entry.key)'" + suffix, at: entry.keyMark,
        remedy: remedy(for: entry))
    }
  }

  private func remedy(for entry: YAMLEntry) -> String {
    // What fitted the component of a base file does not fit the one that was put in its place.
    if path != .root, entry.keyMark.source != place.source, case .file = entry.keyMark.source.kind,
      case .file = place.source.kind
    {
      return
        "to drop what \(path) inherits, write it as \(path.components.last ?? ""): !replace {…} "
        + "in \(place.source.name)"
    }
    return known.isEmpty ? "there are no keys here" : SpecValue.suggestion(entry.key, known)
  }

  private func know(_ key: String) {
    if !known.contains(key) { known.append(key) }
  }

  private var suffix: String { title.map { " in \($0)" } ?? "" }
}
