internal import Datasets
internal import Groundwork

/// An image of a file of CVAT, and where its shapes stand.
struct CVATImage: Sendable {
  let path: String
  let name: String
  let subset: String?
  let size: Size
  let line: Int
  /// Relative to the folder.
  var file = ""
  private let range: Range<Int>

  init?(_ element: XMLElement, _ path: String) {
    guard let name = element["name"], let range = element.range,
      let height = element["height"].flatMap({ Int($0) }),
      let width = element["width"].flatMap({ Int($0) }), (1...1 << 20).contains(height),
      (1...1 << 20).contains(width)
    else { return nil }
    (self.path, self.name, self.range, line) = (path, name, range, element.line)
    subset = element["subset"]
    size = Size(height: height, width: width)
  }

  func draw(on canvas: inout Canvas, _ classes: ClassNumbers) throws(DataError) {
    guard let element = try XMLReader.element(path, at: range) else { return }
    // Lines are counted from that of the image.
    try CVATShape.draw(
      element.children.filter { CVATShape.omission(of: $0) == nil }, of: path, after: line - 1,
      on: &canvas, classes)
  }
}
