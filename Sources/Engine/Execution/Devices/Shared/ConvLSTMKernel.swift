internal import CKernels
internal import Groundwork
internal import Networks

/// A convolutional LSTM, step by step along the depth, in `f32`; the convolutions of hidden maps are products of
/// columns.
///
/// The workspace keeps the gates and the states of all steps, in the order in which the sequence is gone through:
/// hidden maps follow from them, and are made again for backward, which leaves the gates' gradients in the gates' place.
final class ConvLSTMKernel: HostKernel {
  let workspaceBytes: Int
  let scratchBytes: Int
  let backwardReads = BackwardReads(inputs: false, outputs: false)
  let isRepeatable = true

  private typealias Values = UnsafeMutablePointer<Float>

  private let input: TensorLayout
  private let output: TensorLayout
  /// The depths in the order in which they are gone through.
  private let order: [Int]
  private let cell: ck_lstm
  /// Values of the hidden maps of one step, and of its state.
  private let hiddenCount: Int
  private let weightCount: Int
  /// Those of one step, and of all steps but the first at once.
  private let stepProducts: ColumnProducts
  private let allProducts: ColumnProducts?
  private let isTraining: Bool
  private let threads: Int32
  private var tensors = HostTensors.unbound

  init(_ operation: ConvLSTM, _ request: KernelRequest) {
    (input, output) = (request.inputs[0], request.outputs[0])
    let shape = output.shape, steps = shape.extent.depth, hidden = shape.channels
    order = operation.isReversed ? (0..<steps).reversed() : Array(0..<steps)
    threads = Int32(request.threads)
    isTraining = request.isTraining
    cell = ck_lstm(
      samples: Int32(shape.batch), hidden: Int32(hidden), area: shape.height * shape.width,
      threads: threads)
    hiddenCount = shape.batch * hidden * shape.height * shape.width
    weightCount = ConvLSTM.gates * hidden * hidden * operation.kernel.count
    func products(samples: Int) -> ColumnProducts {
      let convolution = operation.recurrent(hidden: hidden)
      let size: SpatialExtent = [shape.height, shape.width]
      return ColumnProducts(
        large: Shape(samples, hidden, size), small: Shape(samples, convolution.outputs, size),
        kernel: convolution.kernel, stride: convolution.stride, padding: convolution.padding,
        threads: request.threads)
    }
    stepProducts = products(samples: shape.batch)
    allProducts = steps > 1 ? products(samples: (steps - 1) * shape.batch) : nil
    guard isTraining else {
      workspaceBytes = 0
      scratchBytes =
        floatBytes((2 + ConvLSTM.gates) * hiddenCount) + stepProducts.scratchBytes
      return
    }
    workspaceBytes = floatBytes(steps * (ConvLSTM.gates + 1) * hiddenCount)
    // Backward: the hidden maps of all steps, two gradients, and what the products and sums need.
    let sums = floatBytes(ck_channel_sums_scratch(Self.gates(of: shape).kernel))
    scratchBytes =
      floatBytes((steps + 2) * hiddenCount)
      + max(stepProducts.scratchBytes, allProducts?.scratchBytes ?? 0, sums)
  }

  /// The gates of all steps, step by step and each sample by sample.
  private static func gates(of shape: Shape) -> TensorLayout {
    let extent: SpatialExtent = [shape.height, shape.width]
    return TensorLayout(
      Shape(shape.extent.depth * shape.batch, ConvLSTM.gates * shape.channels, extent))
  }

  func bind(_ tensors: HostTensors) { self.tensors = tensors }

  func forward(_ pass: ForwardPass) {
    let hidden = scratch(0), products = scratch(isTraining ? 1 : 2 + ConvLSTM.gates)
    for place in order.indices {
      let gates = gates(place)
      ck_step_read(input.kernel, tensors.input(), depth(place), gates, threads)
      if place > 0 {
        stepProducts.correlate(
          hidden, weight: tensors.parameters[0], into: gates, adds: true,
          finish: ColumnProducts.Finish(), scratch: products)
      }
      ck_lstm_forward(
        cell, gates, tensors.parameters[1], place > 0 ? state(place - 1) : nil, state(place), hidden
      )
      ck_step_write(output.kernel, hidden, tensors.output(), depth(place), 0, threads)
    }
  }

  func repeatForward() {
    for place in order.indices {
      ck_lstm_hidden(cell, gates(place), state(place), scratch(0))
      ck_step_write(output.kernel, scratch(0), tensors.output(), depth(place), 0, threads)
    }
  }

  func backward() {
    let steps = order.count
    let dHidden = scratch(steps), dState = scratch(steps + 1), products = scratch(steps + 2)
    dState.update(repeating: 0, count: hiddenCount)
    for place in order.indices.reversed() {
      ck_step_read(output.kernel, tensors.outputGradient, depth(place), dHidden, threads)
      if place < steps - 1 {
        stepProducts.spread(
          gates(place + 1), weight: tensors.parameters[0], into: dHidden, adds: true,
          finish: ColumnProducts.Finish(), scratch: products)
      }
      // What the weight of the next step met, before the gates are written over.
      ck_lstm_hidden(cell, gates(place), state(place), scratch(place))
      ck_lstm_backward(
        cell, gates(place), place > 0 ? state(place - 1) : nil, state(place), dHidden, dState)
      guard let gradient = tensors.inputGradient() else { continue }
      ck_step_write(
        input.kernel, gates(place), gradient, depth(place), tensors.accumulates(), threads)
    }
    let (weight, bias) = (tensors.parameterGradients[0], tensors.parameterGradients[1])
    if let allProducts {
      allProducts.weightGradient(
        large: scratch(0), small: gates(1), into: weight, scratch: products)
    } else {
      weight.update(repeating: 0, count: weightCount)
    }
    let layout = Self.gates(of: output.shape)
    ck_channel_sums(layout.kernel, layout.kernel(at: gates(0)), .none, bias, products, threads)
  }

  private func depth(_ place: Int) -> Int32 { Int32(order[place]) }

  /// The memory of the call from the given number of steps' hidden maps on.
  private func scratch(_ steps: Int) -> Values {
    guard let scratch = tensors.floatScratch else {
      preconditionFailure("a kernel without scratch")
    }
    return scratch + steps * hiddenCount
  }

  /// Where only outputs are wanted, every step writes over what the one before left: behind its hidden maps its state,
  /// and its gates.
  private func gates(_ place: Int) -> Values {
    guard isTraining, let workspace = tensors.floatWorkspace else { return scratch(2) }
    return workspace + place * ConvLSTM.gates * hiddenCount
  }

  private func state(_ place: Int) -> Values {
    guard isTraining, let workspace = tensors.floatWorkspace else { return scratch(1) }
    return workspace + (order.count * ConvLSTM.gates + place) * hiddenCount
  }
}
