internal import Datasets
internal import Execution
internal import Groundwork
internal import Tracking
internal import Training

/// `training`: how long, in what batches, and how it is computed.
struct TrainingSection: Sendable, Hashable {
  var duration: TrainingInterval
  var batchSize: Int
  var computation = Computation()
  /// What may end it before its duration has passed.
  var earlyStopping: EarlyStopping?
  /// How predictions of the training images become their labels; `nil` where labels stay as they are.
  var relabel: RelabelSection?
  /// The batch norms that keep their running statistics.
  var frozenNorms: [NamePattern] = []
  /// The run that the training goes on from; `nil` where it begins.
  var continues: ContinuedRun?

  static let frozenNormsKey = "frozen_batch_norm"
  static let maximumDuration = 100_000_000
  static let maximumBatchSize = 4096
}

extension TrainingSection: DeclaredSection {
  static let standard = TrainingSection(duration: .epochs(1), batchSize: 4)

  static let about = "Says how long training lasts and how it is computed."
  static let groups = [KeyGroup.exactlyOne(["epochs", "iterations"])]
  static let keys: [SpecKey<Self>] = [
    .optional(
      "epochs", \.epochs, .integer(in: 1...maximumDuration), isAlternative: true,
      "The number of epochs; either this or `iterations` is required."),
    .optional(
      "iterations", \.iterations, .integer(in: 1...maximumDuration), isAlternative: true,
      "The number of steps."),
    .standard(
      "batch_size", \.batchSize, .integer(in: 1...maximumBatchSize),
      "The number of samples in a batch."),
    .standard("device", \.computation.device, .device, "What computes the network."),
    .standard(
      "precision", \.computation.precision, .choice(kind: "precision"),
      kept: .unlessStandardInIdentity, "The precision of activations."),
    .standard(
      "determinism", \.computation.determinism, .choice(kind: "determinism"),
      kept: .unlessStandardInIdentity,
      "What may differ while the resulting bytes stay the same."),
    .standard(
      "emulate", \.computation.emulatesPrecision, .boolean, decides: .cost,
      "Computes bf16 slowly on a processor that has no instructions for it."),
    .standard(
      "recompute", \.computation.recomputes, .boolean, decides: .cost,
      "Saves memory by computing activations again in the backward pass."),
    .standard(
      frozenNormsKey, \.frozenNorms, .frozenNorms, shown: "false", kept: .unlessStandard,
      "Normalizes with the running statistics in training too, in all batch norms or those that a "
        + "pattern names, and leaves the statistics as they are; scale and shift learn unless "
        + "`weights.freeze` names them."),
    .optional(
      "early_stopping", \.earlyStopping, EarlyStopping.form,
      "Ends training when a series of the evaluations has stopped getting better."),
    .optional(
      "relabel", \.relabel, RelabelSection.form,
      "Makes labels of what the network predicts of the training images, for masks that are drawn of boxes or know "
        + "few pixels."),
    .optional(
      ContinuedRun.key, \.continues, .continuedRun,
      "Goes on from the end of a recorded run, with the state of its optimizer; the end says how long "
        + "both are together."),
  ]

  private var epochs: Int? {
    get { if case .epochs(let count) = duration { count } else { nil } }
    set { if let newValue { duration = .epochs(newValue) } }
  }

  private var iterations: Int? {
    get { if case .iterations(let count) = duration { count } else { nil } }
    set { if let newValue { duration = .iterations(newValue) } }
  }

  /// What a device cannot do is reported where it is written.
  mutating func check(_ keys: SpecMapping) {
    let ofComputation: Set = ["device", "precision", "determinism", "emulate", "recompute"]
    guard keys.misread.isDisjoint(with: ofComputation) else { return }
    let device = computation.device
    if let reason = device.unavailability {
      keys["device"]?.report(
        .unfitDevice, "is \(device.name), which cannot compute here: \(reason)")
    }
    if let problem = device.problem(with: computation.precision) {
      keys["precision"]?.report(
        .unfitDevice,
        "is \(computation.precision.rawValue), but the device \(device.name) \(problem)",
        remedy: "leave precision or device out")
    }
    if let problem = device.problem(with: computation.determinism) {
      keys["determinism"]?.report(
        .unfitDevice,
        "is \(computation.determinism.rawValue), but the device \(device.name) \(problem)",
        remedy: "leave determinism or device out")
    }
    if computation.emulatesPrecision, computation.precision == .f32 {
      keys["emulate"]?.report(
        .idleKey, "is for precision: bf16", remedy: "leave it out: every processor has f32")
    }
  }
}

extension Form<DeviceKind> {
  /// One of the devices of the program.
  fileprivate static var device: Form {
    Form<String>.name(of: Devices.all.map(\.name), kind: "device").map(
      { name, _ in Devices.named(name) }, { $0.name })
  }
}

extension Form<[NamePattern]> {
  /// The patterns of batch norms; `true` stands for all of them.
  fileprivate static var frozenNorms: Form {
    let all = Form<Bool>.boolean.map(
      { $0 ? [NamePattern("*")] : [] }, { (_: [NamePattern]) in nil })
    return .either(scalar: all, list: .list(of: .pattern))
      .called("true | false | list of patterns")
  }
}
