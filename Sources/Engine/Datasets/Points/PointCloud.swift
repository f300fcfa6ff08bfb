package import Groundwork

/// The points of one file, as its columns were chosen. Letters: N points, A attributes.
package struct PointCloud: Sendable {
  /// N.
  package let count: Int
  /// The least position along each axis, in the file's own precision.
  package let origin: [Double]
  /// Of each axis.
  package let extent: [Float]
  /// `[3, N]`, from ``origin`` on, so that single precision is enough wherever the points lie.
  package let positions: [Float]
  /// `[A, N]`: normals, colors of 0…1 and other features.
  package let attributes: [Float]
  /// `[N]`; `nil` where no column holds them.
  package let labels: [Int64]?

  /// Reads a file and, where its labels are in another, that too.
  ///
  /// - Throws: ``ImageError`` with what is wrong with either.
  package init(
    _ path: String, labels labelPath: String? = nil, _ columns: PointColumns
  ) throws(ImageError) {
    let source = try PointSources.open(path)
    var wanted = columns.seen
    if let label = columns.label { wanted.append(label) }
    let numbers = try wanted.map { column throws(ImageError) in try source.number(of: column) }
    if let repeated = numbers.indices.first(where: { numbers[..<$0].contains(numbers[$0]) }) {
      throw ImageError(
        "has one column \(numbers[repeated]), which data.points.columns names twice")
    }
    let values = try source.values(of: numbers)
    count = source.rows
    let bounds = values[..<3].map { ($0.min() ?? 0, $0.max() ?? 0) }
    origin = bounds.map(\.0)
    extent = bounds.map { Float($0.1 - $0.0) }
    guard extent.allSatisfy(\.isFinite) else {
      throw ImageError(
        "lies between positions that are further apart than single precision reaches")
    }
    let colors = 3 + columns.normals.count..<3 + columns.normals.count + columns.colors.count
    var positions: [Float] = []
    var attributes: [Float] = []
    for (index, column) in values.prefix(columns.channels).enumerated() {
      if index < 3 {
        positions += column.map { [least = origin[index]] in Float($0 - least) }
      } else {
        attributes +=
          colors.contains(index) ? column.map { Float($0 / 255) } : column.map(Float.init)
      }
    }
    guard attributes.allSatisfy(\.isFinite) else {
      throw ImageError("holds features that are beyond single precision: scale them")
    }
    (self.positions, self.attributes) = (positions, attributes)
    if let label = columns.label {
      labels = try Self.labels(values[values.count - 1], "column \(label)")
    } else if let labelPath {
      labels = try Self.labels(inFile: labelPath, of: count)
    } else {
      labels = nil
    }
  }

  private static func labels(inFile path: String, of count: Int) throws(ImageError) -> [Int64] {
    let source = try PointSources.open(path)
    guard source.width == 1 else {
      throw ImageError(
        file: path, "has \(source.width) columns: a file of labels has one, a number a point")
    }
    guard source.rows == count else {
      throw ImageError(
        file: path, "holds \(source.rows) labels for \(count) points: write one a point")
    }
    return try labels(try source.values(of: [0])[0], "the file of labels")
  }

  private static func labels(_ values: [Double], _ place: String) throws(ImageError) -> [Int64] {
    var labels: [Int64] = []
    labels.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      guard let label = Int64(exactly: value) else {
        throw ImageError(
          "holds \(value) at point \(index) in \(place): labels are whole numbers")
      }
      labels.append(label)
    }
    return labels
  }
}

extension PointCloud {
  /// The position of a point in the file's own frame.
  package func position(_ point: Int) -> (x: Double, y: Double, z: Double) {
    (
      origin[0] + Double(positions[point]), origin[1] + Double(positions[count + point]),
      origin[2] + Double(positions[2 * count + point])
    )
  }

  /// The mean position, from ``origin`` on: sums in the order of the file.
  var centre: [Double] {
    (0..<3).map { axis in
      positions[axis * count..<(axis + 1) * count].reduce(0.0) { $0 + Double($1) } / Double(count)
    }
  }

  /// The greatest distance of a point from a place; 1 where all lie there.
  func radius(around centre: [Double]) -> Double {
    var greatest = 0.0
    for point in 0..<count {
      var square = 0.0
      for axis in 0..<3 {
        let offset = Double(positions[axis * count + point]) - centre[axis]
        square += offset * offset
      }
      greatest = max(greatest, square)
    }
    return greatest > 0 ? greatest.squareRoot() : 1
  }

  var bytes: Int { 4 * (positions.count + attributes.count) + 8 * (labels?.count ?? 0) }
}
