/// Reads JSON as settings: what a resolved spec is, of which tables read thousands.
struct SettingReader {
  private let document: JSONDocument

  /// - Returns: `nil` for what is no JSON.
  static func read(_ text: String) -> SettingValue? {
    JSONDocument(Array(text.utf8)).flatMap { SettingReader(document: $0).value(0) }
  }

  /// - Returns: `nil` for a number that is none of a spec.
  private func value(_ place: Int) -> SettingValue? {
    switch document.values[place].kind {
    case .null: return SettingValue.none
    case .yes: return .boolean(true)
    case .no: return .boolean(false)
    case .number: return document.double(place).map { .number($0) }
    case .plain, .escaped: return .text(document.string(place))
    case .list:
      var elements: [SettingValue] = []
      for place in document.children(of: place) {
        guard let element = value(place) else { return nil }
        elements.append(element)
      }
      return .list(of: elements)
    case .object:
      var entries: [String: SettingValue] = [:]
      for key in document.children(of: place) {
        guard let value = value(key + 1) else { return nil }
        entries[document.string(key)] = value
      }
      return .mapping(entries)
    }
  }
}
