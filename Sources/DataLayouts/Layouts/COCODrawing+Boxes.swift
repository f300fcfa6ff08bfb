internal import Datasets
internal import Groundwork

extension COCODrawing {
  /// Paints the boxes of annotations, the smaller in front, and keeps them. The boxes of crowds never count, unless
  /// another lies in them.
  func drawBoxes(on canvas: inout Canvas) throws(DataError) {
    let ids = classes[file.path] ?? [:]
    var (boxes, crowds): ([LabelBox], [LabelBox]) = ([], [])
    let problems = Problems()
    try file.annotations(of: image) { annotation, line throws(DataError) in
      guard let id = annotation["category_id"]?.integer.flatMap({ ids[$0] }) else { return }
      _ = problems.collect { () throws(DataError) in
        let box = try box(annotation, line, label: Label(id), canvas.size)
        if annotation["iscrowd"]?.integer == 1 { crowds.append(box) } else { boxes.append(box) }
      }
    }
    try problems.throwIfAny()
    let ignored = UInt16(ids.values.max().map { $0 < 255 ? 255 : 65_535 } ?? 255)
    for crowd in crowds { paint(crowd, ignored, on: &canvas) }
    let order = boxes.indices.sorted { (-boxes[$0].area, $0) < (-boxes[$1].area, $1) }
    for index in order { paint(boxes[index], boxes[index].label, on: &canvas) }
    canvas.boxes = boxes
  }

  private func paint(_ box: LabelBox, _ label: UInt16, on canvas: inout Canvas) {
    let (rows, columns) = box.pixels(of: canvas.size)
    for row in rows where !columns.isEmpty {
      canvas.region.fill(row: row, columns.lowerBound, columns.upperBound - 1)
    }
    canvas.paint(label, instance: 0)
  }

  /// COCO's `[x, y, width, height]`.
  private func box(
    _ annotation: JSONValue, _ line: Int, label: Label, _ size: Size
  ) throws(DataError) -> LabelBox {
    guard let edges = annotation["bbox"]?.numbers, edges.count == 4,
      edges.allSatisfy(\.isFinite), edges[2] > 0, edges[3] > 0
    else {
      throw DataError(
        DataProblem(
          file: file.path, line: line,
          "an annotation has no bbox [x, y, width, height] with a width and a height above 0: give it one"
        ))
    }
    let box = LabelBox(
      label: label, left: edges[0], top: edges[1], right: edges[0] + edges[2],
      bottom: edges[1] + edges[3])
    guard box.left < Double(size.width), box.top < Double(size.height), box.right > 0,
      box.bottom > 0
    else {
      throw DataError(
        DataProblem(
          file: file.path, line: line,
          "an annotation's bbox lies outside of its image, which is \(size) (height × width)"))
    }
    return box
  }
}
