/// Height and width in pixels.
package struct Size: Sendable, Hashable, Codable, CustomStringConvertible {
  package var height: Int
  package var width: Int
  package init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }
  package var description: String { "\(height)×\(width)" }
}

extension Size {
  /// The same height and width.
  package init(square side: Int) { self.init(height: side, width: side) }
}

extension Size {
  /// Pixels.
  package var area: Int { height * width }
}
