internal import Groundwork

/// The ids that names of another tool get: 0 is the background, and the others follow in the order in which
/// they come.
struct ClassNumbers {
  private(set) var classes: [AnnotatedClass]
  private var numbers: [String: Int] = [:]

  /// - Parameter background: adds the class of what nobody annotated.
  init(background: Bool = true) {
    classes = background ? [AnnotatedClass("background")] : []
    if background { numbers["background"] = 0 }
  }

  /// Names that mean the background in one tool or another.
  static func isBackground(_ name: String) -> Bool {
    ["background", "_background_", "__background__"].contains(name.lowercased())
  }

  /// Adds a name that is not there yet; the background's color is taken over.
  mutating func add(_ name: String, _ color: RGB? = nil) {
    if Self.isBackground(name), let first = classes.first, Self.isBackground(first.name) {
      if let color { classes[0] = AnnotatedClass(first.name, color) }
      numbers[name] = 0
      return
    }
    guard numbers[name] == nil else { return }
    numbers[name] = classes.count
    classes.append(AnnotatedClass(name, color))
  }

  subscript(_ name: String) -> Int? { numbers[name] }
}
