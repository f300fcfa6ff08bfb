@testable import Groundwork

extension [Label] {
  /// The labels that fixtures and tests write as a byte each, in which 255 is an ignored pixel.
  var ignoring255: [Label] { map { $0 == 255 ? Labels.ignoreIndex : $0 } }

  /// A plane for each class of one image: 1 where this is the class, ignored where the label is.
  func planes(_ classes: Int) -> [Label] {
    (0..<classes).flatMap { id in
      map { $0 == Labels.ignoreIndex ? $0 : Int($0) == id ? 1 : 0 }
    }
  }
}
