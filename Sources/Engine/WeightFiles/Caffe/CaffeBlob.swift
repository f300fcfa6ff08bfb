/// A `BlobProto` of Caffe: the place of an array of numbers, and its shape.
///
/// Fields: 1 to 4 are the sizes of old four-axis shapes, 5 the values as `float`, 7 the shape, 8 the
/// values as `double`; 6 and 9 are gradients (caffe.proto of BVLC's Caffe 1.0).
struct CaffeBlob {
  let shape: [Int]
  let source: ValueSource

  init(_ message: ByteReader) throws(Refusal) {
    var oldShape: [Int?] = [nil, nil, nil, nil]
    var newShape: [Int] = []
    var (floats, doubles): ([ValueSource.Run], [ValueSource.Run]) = ([], [])
    var fields = ProtobufReader(message)
    while let field = try fields.next() {
      switch (field.number, field.value) {
      case (1...4, .integer(let size)):
        oldShape[field.number - 1] = Int(Int32(truncatingIfNeeded: size))
      case (5, .bytes4(let place)): try Self.append(place, size: 4, to: &floats)
      case (5, .part(let part)): try Self.append(part.range, size: 4, to: &floats)
      case (8, .bytes8(let place)): try Self.append(place, size: 8, to: &doubles)
      case (8, .part(let part)): try Self.append(part.range, size: 8, to: &doubles)
      case (7, .part(let part)): newShape += try Self.dimensions(part)
      case (1...5, _), (7...8, _): throw Refusal.damaged("a blob has a field of a wrong type")
      default: break
      }
    }
    // Caffe reads the old shape where any of it is there.
    shape = oldShape.contains { $0 != nil } ? oldShape.map { $0 ?? 0 } : newShape
    source =
      doubles.isEmpty
      ? ValueSource(runs: floats, type: .float32) : ValueSource(runs: doubles, type: .float64)
    guard try Extent.count(of: shape) == source.count else {
      throw source.count == 0
        ? Refusal(
          "a blob of the shape \(shape) has no values",
          remedy: "take the trained .caffemodel, not a network's description")
        : Refusal.damaged("a blob of the shape \(shape) has \(source.count) values")
    }
  }

  /// The one value of a blob that has only one.
  func value(_ contents: FileContents) throws(Refusal) -> Float? {
    source.count == 1 ? try source.read(contents)[0] : nil
  }

  /// The sizes in a `BlobShape`, of which each field or chunk may have several.
  private static func dimensions(_ message: ByteReader) throws(Refusal) -> [Int] {
    var sizes: [Int] = []
    var fields = ProtobufReader(message)
    while sizes.count <= Extent.maximumRank, let field = try fields.next() {
      switch (field.number, field.value) {
      case (1, .integer(let size)): sizes.append(Int(truncatingIfNeeded: size))
      case (1, .part(var part)):
        while !part.isAtEnd, sizes.count <= Extent.maximumRank {
          sizes.append(Int(truncatingIfNeeded: try ProtobufReader.integer(&part)))
        }
      default: break
      }
    }
    return sizes
  }

  /// Adds a chunk of numbers. Numbers that come one by one, each behind a key, are one run too.
  private static func append(
    _ place: Range<Int>, size: Int, to runs: inout [ValueSource.Run]
  ) throws(Refusal) {
    guard place.count.isMultiple(of: size) else {
      throw Refusal.damaged("a blob has a part of a number")
    }
    let count = place.count / size
    guard count > 0 else { return }
    if count == 1, let last = runs.last {
      let distance = place.lowerBound - (last.start + (last.count - 1) * last.distance)
      if last.count == 1 || last.distance == distance {
        runs[runs.count - 1].distance = distance
        runs[runs.count - 1].count += 1
        return
      }
    }
    runs.append(ValueSource.Run(start: place.lowerBound, count: count, distance: size))
  }
}
