/// Where the values of a tensor lie in a file, and how they are taken from there.
struct ValueSource: Sendable {
  /// Numbers that lie at equal distances.
  struct Run: Sendable, Hashable {
    /// Where the first lies in the file.
    var start: Int
    var count: Int
    /// Bytes from one number to the next, at least the number's size.
    var distance: Int
  }

  /// All within the file; together they are the tensor's storage.
  let runs: [Run]
  let type: ElementType
  var isBigEndian = false
  /// How many values the tensor has; with strides the product of its shape.
  let count: Int
  /// Which elements of the storage they are; `nil` for all, in order.
  var view: View?
  /// What every value is divided by; 0 makes it 0, as in Caffe.
  var divisor: Float?

  /// Elements of a storage; the last of them lies inside.
  struct View: Sendable, Hashable {
    var offset: Int
    let shape: [Int]
    let strides: [Int]
  }

  /// The values of a part of the file, one beside the other.
  ///
  /// - Parameter place: lies in the file and holds `count` numbers.
  init(place: Range<Int>, type: ElementType, count: Int) {
    precondition(place.count / type.size >= count)
    self.init(runs: [Run(start: place.lowerBound, count: count, distance: type.size)], type: type)
  }

  init(runs: [Run], type: ElementType) {
    self.runs = runs
    self.type = type
    count = runs.reduce(0) { $0 + $1.count }
  }

  /// Some elements of a storage.
  ///
  /// - Throws: where an element lies outside the storage, or stands for more than one value.
  init(
    storage: Range<Int>, elements: Int, type: ElementType, isBigEndian: Bool, view: View
  ) throws(Refusal) {
    precondition(storage.count / type.size >= elements)
    count = try Extent.count(of: view.shape)
    guard view.shape.count == view.strides.count, view.offset >= 0 else {
      throw Refusal.damaged("its strides do not fit its shape \(view.shape)")
    }
    if count > 0 {
      var last = view.offset
      for (size, stride) in zip(view.shape, view.strides) where size > 1 {
        guard stride >= 0 else { throw Refusal.damaged("it has a negative stride") }
        guard stride > 0 else { throw Self.expanded }
        last = try Extent.add(last, try Extent.multiply(size - 1, stride))
      }
      guard last < elements else { throw Refusal.damaged("it reaches outside its storage") }
      guard count <= elements else { throw Self.expanded }
    }
    runs = [Run(start: storage.lowerBound, count: elements, distance: type.size)]
    self.type = type
    self.isBigEndian = isBigEndian
    let isWhole = view.offset == 0 && count == elements
    self.view = isWhole && view.strides == Extent.strides(of: view.shape) ? nil : view
  }

  private static let expanded = Refusal(
    "it is an expanded tensor, whose storage is smaller than it",
    remedy: "save it after contiguous() or clone()")

  /// The same values with their axes in another order.
  ///
  /// - Parameter strides: of a shape with as many elements.
  func viewed(shape: [Int], strides: [Int]) -> ValueSource {
    var source = self
    source.view = View(offset: 0, shape: shape, strides: strides)
    return source
  }
}

extension ValueSource {
  /// - Throws: where the values would lie outside the file, because it is another one.
  func read(_ contents: FileContents) throws(Refusal) -> [Float] {
    for run in runs where run.count > 0 {
      guard run.start + (run.count - 1) * run.distance + type.size <= contents.count else {
        throw Refusal("it is a tensor of another file")
      }
    }
    var values = [Float](unsafeUninitializedCapacity: count) { values, initialized in
      initialized = count
      guard count > 0, let file = contents.bytes.baseAddress else { return }
      if let view {
        read(view, of: file + runs[0].start, into: values)
      } else {
        var start = 0
        for run in runs {
          read(run, of: file, into: UnsafeMutableBufferPointer(rebasing: values[start...]))
          start += run.count
        }
      }
    }
    if let divisor {
      for index in values.indices { values[index] = divisor == 0 ? 0 : values[index] / divisor }
    }
    return values
  }

  private func read(
    _ run: Run, of file: UnsafeRawPointer, into values: UnsafeMutableBufferPointer<Float>
  ) {
    let start = file + run.start
    if type == .float32, !isBigEndian, run.distance == 4 {
      UnsafeMutableRawPointer(values.baseAddress!).copyMemory(from: start, byteCount: run.count * 4)
      return
    }
    for index in 0..<run.count {
      values[index] = type.value(at: start + index * run.distance, isBigEndian: isBigEndian)
    }
  }

  private func read(
    _ view: View, of storage: UnsafeRawPointer, into values: UnsafeMutableBufferPointer<Float>
  ) {
    // Axes of one element may have any stride, which cancels out and may overflow on the way.
    let (size, stride) = (view.shape.last ?? 1, view.strides.last ?? 1)
    var index = [Int](repeating: 0, count: max(0, view.shape.count - 1))
    var (element, filled) = (view.offset, 0)
    while true {
      for step in 0..<size {
        let place = storage + (element &+ step &* stride) &* type.size
        values[filled + step] = type.value(at: place, isBigEndian: isBigEndian)
      }
      filled += size
      // Counts the outer axes up like an odometer, the last the fastest.
      var axis = index.count - 1
      while axis >= 0 {
        index[axis] += 1
        element &+= view.strides[axis]
        if index[axis] < view.shape[axis] { break }
        element &-= index[axis] &* view.strides[axis]
        index[axis] = 0
        axis -= 1
      }
      guard axis >= 0 else { return }
    }
  }
}
