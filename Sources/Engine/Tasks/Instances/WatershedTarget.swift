internal import Groundwork

/// What a network learns to say of each pixel so that a watershed cuts objects: labels, one a pixel, that any
/// loss over classes can be taken against. 0 is the background.
enum WatershedTarget: Sendable, Hashable {
  /// The class of the object inside of it, and one more label for all pixels along the border of an object,
  /// within so many pixels of another object or the background (Caicedo et al., Cytometry A 2019).
  case boundary(width: Int)
  /// How far the pixel is from the border of its object, in so many levels of the greatest distance in the
  /// object: the energy of Bai and Urtasun ("Deep Watershed Transform", CVPR 2017).
  case distance(levels: Int)

  /// The names of the labels.
  func names(classes: [String]) -> [String] {
    switch self {
    case .boundary: classes + ["boundary"]
    case .distance(let levels): classes.prefix(1) + (1...levels).map { "level_\($0)" }
    }
  }

  /// Writes the label of each pixel that is of an object.
  ///
  /// - Parameters:
  ///   - ids: `[H, W]`: 0 outside of objects, ``Labels/ignoreIndex`` where nothing is known, which is the
  ///     border of no object.
  ///   - classes: `[H, W]`.
  ///   - labels: `[H, W]`.
  ///   - boundary: the label of borders.
  func write(
    ids: UnsafePointer<Label>, classes: UnsafePointer<Label>, size: Size, boundary: Label,
    to labels: UnsafeMutablePointer<Label>
  ) {
    switch self {
    case .boundary(let width):
      for pixel in 0..<size.area where ids[pixel] != 0 && ids[pixel] != Labels.ignoreIndex {
        labels[pixel] =
          Self.isAtBorder(pixel, ids, size, width: width) ? boundary : classes[pixel]
      }
    case .distance(let levels):
      for box in ObjectBoxes(ids, size).boxes {
        InstanceDistances(ids, size, box).writeLevels(levels, to: labels)
      }
    }
  }

  /// Tells whether another object or the background is within `width` steps to a side; with a width of 1 it
  /// is scikit-image's `find_boundaries` with `mode="inner"`.
  private static func isAtBorder(
    _ pixel: Int, _ ids: UnsafePointer<Label>, _ size: Size, width: Int
  ) -> Bool {
    let (row, column) = pixel.quotientAndRemainder(dividingBy: size.width)
    let id = ids[pixel]
    for y in max(0, row - width)...min(size.height - 1, row + width) {
      let reach = width - abs(y - row)
      for x in max(0, column - reach)...min(size.width - 1, column + reach) {
        let other = ids[y * size.width + x]
        if other != id, other != Labels.ignoreIndex { return true }
      }
    }
    return false
  }
}

/// The rectangles that objects take.
struct ObjectBoxes {
  struct Box {
    let id: Label
    var rows: ClosedRange<Int>
    var columns: ClosedRange<Int>
  }

  /// In the order of the first pixels of the objects.
  private(set) var boxes: [Box] = []

  init(_ ids: UnsafePointer<Label>, _ size: Size) {
    var places = [Int32](repeating: -1, count: Int(Label.max) + 1)
    var pixel = 0
    for row in 0..<size.height {
      for column in 0..<size.width {
        let id = ids[pixel]
        pixel += 1
        guard id != 0, id != Labels.ignoreIndex else { continue }
        let place = Int(places[Int(id)])
        guard place >= 0 else {
          places[Int(id)] = Int32(boxes.count)
          boxes.append(Box(id: id, rows: row...row, columns: column...column))
          continue
        }
        let columns = boxes[place].columns
        boxes[place].rows = boxes[place].rows.lowerBound...row
        boxes[place].columns =
          min(columns.lowerBound, column)...max(columns.upperBound, column)
      }
    }
  }
}

/// How far the pixels of one object are from what is of another object or of none, exactly; the border of the
/// image and ignored pixels are no borders of objects.
struct InstanceDistances {
  private let size: Size
  private let rows: ClosedRange<Int>
  private let columns: ClosedRange<Int>
  /// Of the pixels of the rectangle: the square of the distance, 0 for what is not of the object, and `nil`'s
  /// place taken by ``unreachable`` where there is nothing else.
  private var squares: [Int]

  private static let unreachable = Int.max / 4

  /// The distance transform of Saito and Toriwaki (1994): along columns, then along rows. What is nearest
  /// lies in the rectangle around the object or in the pixels around that.
  init(_ ids: UnsafePointer<Label>, _ size: Size, _ box: ObjectBoxes.Box) {
    self.size = size
    rows = max(0, box.rows.lowerBound - 1)...min(size.height - 1, box.rows.upperBound + 1)
    columns =
      max(0, box.columns.lowerBound - 1)...min(size.width - 1, box.columns.upperBound + 1)
    let (height, width) = (rows.count, columns.count)
    var along = [Int](repeating: Self.unreachable, count: height * width)
    squares = along
    let (top, left) = (rows.lowerBound, columns.lowerBound)
    func isInside(_ row: Int, _ column: Int) -> Bool {
      let id = ids[(top + row) * size.width + left + column]
      return id == box.id || id == Labels.ignoreIndex
    }
    for column in 0..<width {
      var last: Int?
      for row in 0..<height {
        if !isInside(row, column) { last = row }
        if let last { along[row * width + column] = (row - last) * (row - last) }
      }
      last = nil
      for row in (0..<height).reversed() {
        if !isInside(row, column) { last = row }
        if let last {
          along[row * width + column] = min(
            along[row * width + column], (last - row) * (last - row))
        }
      }
    }
    for row in 0..<height {
      for column in 0..<width
      where ids[(top + row) * size.width + left + column] == box.id {
        var least = Self.unreachable
        for other in 0..<width {
          let step = other - column
          least = min(least, along[row * width + other] + step * step)
        }
        squares[row * width + column] = min(least, Self.unreachable)
      }
    }
    for row in 0..<height {
      for column in 0..<width
      where ids[(top + row) * size.width + left + column] != box.id {
        squares[row * width + column] = 0
      }
    }
  }

  /// The distance of a pixel of the image, in pixels; infinite in an object that fills the image.
  func distance(row: Int, column: Int) -> Double {
    let square = squares[(row - rows.lowerBound) * columns.count + column - columns.lowerBound]
    return square == Self.unreachable ? .infinity : Double(square).squareRoot()
  }

  /// Level 1 at the border, the highest where the distance is greatest.
  func writeLevels(_ levels: Int, to labels: UnsafeMutablePointer<Label>) {
    let most = squares.max() ?? 0
    for row in rows {
      for column in columns {
        let square = squares[(row - rows.lowerBound) * columns.count + column - columns.lowerBound]
        guard square > 0 else { continue }
        let share = (Double(square) / Double(most)).squareRoot()
        labels[row * size.width + column] =
          Label(max(1, min(levels, Int((share * Double(levels)).rounded(.up)))))
      }
    }
  }
}
