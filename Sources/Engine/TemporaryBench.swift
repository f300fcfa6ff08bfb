final class NoKernel: Kernel {
  let workspaceBytes = 0, scratchBytes = 0
  let backwardReads = BackwardReads(inputs: true, outputs: false)
  func bind(_ tensors: KernelTensors) {}
  func forward(_ pass: ForwardPass) {}
  func backward() {}
}
struct NoLoss: Loss {
  static let name = "none", about = "", example = ""; static let fields: [FieldDeclaration] = []
  init(_ v: FieldValues) {}
  func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel { K() }
  final class K: LossKernel { func evaluate(logits: UnsafePointer<Float>, labels: UnsafePointer<UInt8>, weight: Float, gradient: UnsafeMutablePointer<Float>?) -> Double { 1 } }
}
struct NoSolver: Solver { static let name = "none", about = "", example = ""; static let fields: [FieldDeclaration] = []
  init(_ v: FieldValues) {}
  var slotNames: [String] { [] }
  func update(_ step: SolverStep) {} }
struct NoSchedule: Schedule { static let name = "none", about = "", example = ""; static let fields: [FieldDeclaration] = []
  init(_ v: FieldValues) {}
  func learningRate(base: Double, step: Int, of steps: Int) -> Double { base } }
public func temporaryBench(_ t: String, _ h: Int, _ w: Int) throws {
  let none = FieldValues([:], of: [])
  let template: any Template = t == "enet" ? ENet(none) : UNet(FieldValues(["base_channels": .integer(32)], of: UNet.fields))
  let c = TrainingConfiguration(template: template, losses: [.init(loss: NoLoss(none), weight: 1)], solver: NoSolver(none), baseLearningRate: 1, weightDecay: 0, schedule: NoSchedule(none), augmentations: [], duration: .epochs(1), batchSize: 4, evaluationBatchSize: 1, evaluateEvery: .epochs(1), seed: 1, threads: 2, backend: .onednn)
  let b = try StepBenchmark(c, size: Size(height: h, width: w), channels: 3, classes: 12)
  print(b.parameterCount, b.memoryBytes >> 20, Double(b.operationsPerStep) * 1e-9)
  print(b.run(steps: 8))
}
