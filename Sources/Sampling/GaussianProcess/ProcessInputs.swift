/// How points of a space are inputs of a Gaussian process: numbers in [0, 1], choices by their index. An
/// inactive number is in the middle; an inactive choice is one more choice.
struct ProcessInputs {
  let space: Space
  let isChoice: [Bool]
  private let hasConditions: Bool

  init(_ space: Space) {
    self.space = space
    isChoice = space.dimensions.map(\.isChoice)
    hasConditions = space.dimensions.contains { !$0.conditions.isEmpty }
  }

  func input(_ point: Point) -> [Double] {
    zip(space.dimensions, point.values).map { dimension, value in
      guard let value else { return dimension.isChoice ? -1 : 0.5 }
      return dimension.isChoice ? value : dimension.unit(of: value)
    }
  }

  /// The point of a position: numbers in [0, 1], choices by their index.
  func point(_ position: [Double]) -> Point {
    space.point { index in
      let dimension = space.dimensions[index]
      return dimension.isChoice ? max(position[index], 0) : dimension.value(at: position[index])
    }
  }

  /// The input of a position, with what is inactive there taken out.
  func input(at position: [Double]) -> [Double] {
    guard hasConditions else { return position }
    let point = point(position)
    return position.indices.map { index in
      point.values[index] == nil ? (isChoice[index] ? -1 : 0.5) : position[index]
    }
  }

  /// The dimensions that can be moved smoothly there.
  func smooth(at position: [Double]) -> [Int] {
    let point = hasConditions ? point(position) : nil
    return position.indices.filter { index in
      space.dimensions[index].count == nil && (point.map { $0.values[index] != nil } ?? true)
    }
  }
}
