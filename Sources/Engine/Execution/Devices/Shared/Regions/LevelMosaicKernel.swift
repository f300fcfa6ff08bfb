internal import Groundwork
internal import Networks

/// The levels of a pyramid side by side, with zeros between.
final class LevelMosaicKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: false)

  private let operation: LevelMosaic
  private let layouts: [TensorLayout]
  private let mosaic: TensorLayout
  private let threads: Int
  private var tensors = HostTensors.unbound

  init(_ operation: LevelMosaic, _ request: KernelRequest) {
    self.operation = operation
    layouts = request.inputs
    mosaic = request.outputs[0]
    threads = request.threads
    precondition(
      layouts.allSatisfy { $0.block == request.outputs[0].block }, "levels in different blocks")
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    tensors.outputs[0].floats.update(repeating: 0, count: mosaic.elements)
    forEachRow(tensors.outputs[0].floats, tensors.inputs) { inMosaic, inLevel, count, _ in
      inMosaic.update(from: inLevel, count: count)
    }
  }

  func backward() {
    let accumulates = tensors.accumulates
    forEachRow(tensors.placedOutputGradient.floats, tensors.inputGradients) {
      inMosaic, inLevel, count, level in
      if accumulates[level] {
        for index in 0..<count { inLevel[index] += inMosaic[index] }
      } else {
        inLevel.update(from: inMosaic, count: count)
      }
    }
  }

  /// Calls `body` with each row of each level: where it lies in the mosaic and by itself.
  private func forEachRow(
    _ whole: UnsafeMutablePointer<Float>, _ levels: [HostTensor?],
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, Int, Int) -> Void
  ) {
    let (block, corners) = (mosaic.block, operation.corners)
    parallel(threads: threads, units: mosaic.shape.batch * mosaic.blocks) { plane, _ in
      for (level, tensor) in levels.enumerated() {
        guard let tensor else { continue }
        let (size, corner) = (operation.levels[level], corners[level])
        for row in 0..<size.height {
          let place = (corner.top + row) * mosaic.shape.width + corner.left
          body(
            whole + (plane * mosaic.shape.area + place) * block,
            tensor.floats + (plane * size.area + row * size.width) * block, size.width * block,
            level)
        }
      }
    }
  }
}

/// What a mosaic says of each anchor, as a table.
final class LevelRowsKernel: RepeatableKernel {
  let workspaceBytes = 0
  let scratchBytes = 0
  let backwardReads = BackwardReads(inputs: false, outputs: false)

  private let operation: LevelRows
  private let mosaic: TensorLayout
  private let rows: TensorLayout
  private var tensors = HostTensors.unbound

  init(_ operation: LevelRows, _ request: KernelRequest) {
    self.operation = operation
    (mosaic, rows) = (request.inputs[0], request.outputs[0])
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func repeatForward() {
    let (whole, table) = (tensors.inputs[0].floats, tensors.outputs[0].floats)
    forEachValue { inTable, inMosaic in table[inTable] = whole[inMosaic] }
  }

  func backward() {
    guard let gradient = tensors.inputGradients[0]?.floats else { return }
    if !tensors.accumulates[0] { gradient.update(repeating: 0, count: mosaic.elements) }
    let table = tensors.placedOutputGradient.floats
    forEachValue { inTable, inMosaic in gradient[inMosaic] += table[inTable] }
  }

  private func forEachValue(_ body: (_ inTable: Int, _ inMosaic: Int) -> Void) {
    let (values, block) = (operation.values, mosaic.block)
    let (area, anchors) = (mosaic.shape.area, mosaic.shape.channels / operation.values)
    let (width, count) = (mosaic.shape.width, rows.shape.area)
    for sample in 0..<mosaic.shape.batch {
      var row = 0
      for (size, corner) in zip(operation.mosaic.levels, operation.mosaic.corners) {
        for place in 0..<size.area {
          let (y, x) = place.quotientAndRemainder(dividingBy: size.width)
          let pixel = (corner.top + y) * width + corner.left + x
          for anchor in 0..<anchors {
            for value in 0..<values {
              let channel = anchor * values + value
              let plane = sample * mosaic.blocks + channel / block
              body(
                (sample * values + value) * count + row,
                (plane * area + pixel) * block + channel % block)
            }
            row += 1
          }
        }
      }
    }
  }
}
