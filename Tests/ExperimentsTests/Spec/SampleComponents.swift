@testable import Datasets
@testable import Execution
@testable import Experiments
@testable import Groundwork
@testable import Learning
@testable import Networks

/// Components with every kind of field, so that specs can be read without the shipped ones.
extension ComponentCatalog {
  static let sample = ComponentCatalog(
    templates: Registry(kind: "template", [SampleUNet.self, SampleENet.self]) { $0 },
    losses: Registry(kind: "loss", [SampleCrossEntropy.self, SampleDice.self]) { $0 },
    solvers: Registry(kind: "solver", [SampleSGD.self, SampleAdam.self]) { $0 },
    schedules: Registry(kind: "schedule", [SampleFixed.self, SamplePoly.self]) { $0 },
    augmentations: Registry(
      kind: "augmentation", [SampleMirror.self, SampleRotate.self, SampleCrop.self]
    ) { $0 })
}

// MARK: - Templates

struct SampleUNet: Template {
  static let name = "unet"
  static let about = "Halves its input `depth` times."
  static let baseChannels = Field<Int>.integer(
    "base_channels", default: 32, 1...1024, "Channels of the first level.")
  static let depth = Field<Int>.integer("depth", default: 4, 1...6, "Levels below the first.")
  static let fields = [baseChannels.declaration, depth.declaration]
  static let example = "template: unet"

  let baseChannels: Int
  let depth: Int

  init(_ values: FieldValues) throws(ComponentError) {
    baseChannels = values[Self.baseChannels]
    depth = values[Self.depth]
    if baseChannels << depth > 8192 {
      throw ComponentError(
        field: "depth", "the last level would have \(baseChannels << depth) channels")
    }
  }

  var sizeMultiple: Int { 1 << depth }

  func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network {
    if min(input.size.height, input.size.width) < 2 * sizeMultiple {
      throw ComponentError(field: "depth", "input \(input.size) is too small for it")
    }
    return pointwise(Self.name, input, classes)
  }
}

struct SampleENet: Template {
  static let name = "enet"
  static let about = "Has no settings."
  static let fields: [FieldDeclaration] = []
  static let example = "template: enet"

  init(_ values: FieldValues) {}
  let sizeMultiple = 8
  func network(input: NetworkInput, classes: Int) -> Network {
    pointwise(Self.name, input, classes)
  }
}

/// The least network there is.
private func pointwise(_ name: String, _ input: NetworkInput, _ classes: Int) -> Network {
  var net = NetworkBuilder(name: name, input: input)
  let logits = net.convolution("head", net.input, outputs: classes, kernel: Size(square: 1))
  return net.build(logits: logits)
}

// MARK: - Losses

struct SampleCrossEntropy: Loss {
  static let name = "cross_entropy"
  static let about = "May weigh classes."
  static let classWeights = Field<FieldValue>.numbersOrName(
    "class_weights", default: .name("none"), Bounds(atLeast: 0),
    oneOf: ["none", "median_frequency"], "One for each class.")
  static let fields = [classWeights.declaration]
  static let example = "losses: cross_entropy"

  let weights: FieldValue

  init(_ values: FieldValues) { weights = values[Self.classWeights] }

  func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel {
    let classes = context.logits.shape.channels
    if case .numbers(let weights) = weights, weights.count != classes {
      throw ComponentError(
        field: "class_weights", "\(weights.count) weights are given for \(classes) classes")
    }
    return SampleLossKernel()
  }
}

struct SampleDice: Loss {
  static let name = "dice"
  static let about = "Has an option."
  static let squared = Field<Bool>.boolean("squared", default: false, "Squares the denominator.")
  static let fields = [squared.declaration]
  static let example = "losses: dice"

  init(_ values: FieldValues) {}
  func makeKernel(for context: LossContext) -> any LossKernel { SampleLossKernel() }
}

final class SampleLossKernel: LossKernel {
  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue {
    LossValue(0, of: 1)
  }
}

// MARK: - Solvers and schedules

struct SampleSGD: Solver {
  static let name = "SGD"
  static let about = "Has momentum."
  static let momentum = Field<Double>.number(
    "momentum", default: 0.9, Bounds(0..<1), "Of the velocity.")
  static let fields = [momentum.declaration]
  static let example = "solver: {type: SGD, base_lr: 0.01}"

  let momentum: Double
  init(_ values: FieldValues) { momentum = values[Self.momentum] }
  let stateNames = ["momentum"]
  func update(_ step: SolverStep) {}
}

struct SampleAdam: Solver {
  static let name = "ADAM"
  static let about = "Has no settings here."
  static let fields: [FieldDeclaration] = []
  static let example = "solver: {type: ADAM, base_lr: 1e-3}"

  init(_ values: FieldValues) {}
  let stateNames: [String] = []
  func update(_ step: SolverStep) {}
}

struct SampleFixed: Schedule {
  static let name = "fixed"
  static let about = "The rate as it is."
  static let fields: [FieldDeclaration] = []
  static let example = "schedule: fixed"

  init(_ values: FieldValues) {}
  func learningRate(at point: SchedulePoint) -> Double { point.base }
}

struct SamplePoly: Schedule {
  static let name = "poly"
  static let about = "Falls to nothing."
  static let power = Field<Double>.number("power", Bounds(above: 0), "Of the fall.")
  static let fields = [power.declaration]
  static let example = "schedule: {poly: {power: 0.9}}"

  init(_ values: FieldValues) {}
  func learningRate(at point: SchedulePoint) -> Double { point.base }
}

// MARK: - Augmentations

struct SampleMirror: Augmentation {
  static let name = "mirror"
  static let about = "Left becomes right."
  static let fields: [FieldDeclaration] = []
  static let example = "augmentation: mirror"

  init(_ values: FieldValues) {}
  func outputSize(for size: Size) -> Size { size }
  func apply(to sample: inout Sample, random: inout RandomStream) {}
}

struct SampleRotate: Augmentation {
  static let name = "rotate"
  static let about = "Turns the sample."
  static let degrees = Field<Double>.number(
    "degrees", default: 10, Bounds(0...180), unit: "degrees", "At most.")
  static let mode = Field<String>.name(
    "border", default: "mean", oneOf: ["mean", "reflect"], "What comes in from outside.")
  static let fields = [degrees.declaration, mode.declaration]
  static let example = "augmentation: {rotate: {degrees: 10}}"

  init(_ values: FieldValues) {}
  func outputSize(for size: Size) -> Size { size }
  func apply(to sample: inout Sample, random: inout RandomStream) {}
}

struct SampleCrop: Augmentation {
  static let name = "random_crop"
  static let about = "A part of the sample."
  static let size = Field<Size>.size("size", "Of the part.")
  static let fields = [size.declaration]
  static let example = "augmentation: {random_crop: {size: [64, 64]}}"

  let size: Size
  init(_ values: FieldValues) { size = values[Self.size] }

  func outputSize(for size: Size) throws(ComponentError) -> Size {
    if self.size.height > size.height || self.size.width > size.width {
      throw ComponentError(field: "size", "a crop of \(self.size) does not fit into \(size)")
    }
    return self.size
  }
  func apply(to sample: inout Sample, random: inout RandomStream) {}
}
