/// An element of an XML file with all that is in it.
struct XMLElement: Sendable {
  let name: String
  var attributes: [String: String]
  /// From 1.
  let line: Int
  /// Where it stands in its file, where it is not within another.
  var range: Range<Int>?
  var children: [XMLElement] = []
  /// The text of it, without that of its children.
  var text = ""

  subscript(_ attribute: String) -> String? { attributes[attribute] }

  func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }
}
