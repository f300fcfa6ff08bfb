@testable import Datasets
@testable import Execution
@testable import Groundwork
import Testing
@testable import Training

/// A backend that the conformance suite runs over, and in which layouts: its own choice, or others
/// that are forced upon it to try the shared kernels on what it would not choose.
struct BackendUnderTest: Sendable, CustomTestStringConvertible {
  let backend: any Backend
  var name: String
  var block: Int?
  var precision: Precision?
  /// Whether tensors lie within wider ones wherever they may.
  var widens = false

  init(
    _ backend: any Backend, _ name: String = "", block: Int? = nil, precision: Precision? = nil,
    widens: Bool = false
  ) {
    self.backend = backend
    self.name = name.isEmpty ? type(of: backend).name : name
    (self.block, self.precision, self.widens) = (block, precision, widens)
  }

  var testDescription: String {
    name + (block.map { ", blocks of \($0)" } ?? "") + (precision.map { ", \($0)" } ?? "")
      + (widens ? ", within wider" : "")
  }

  func layout(for shape: Shape) -> TensorLayout {
    var layout = backend.layout(for: shape)
    if let block { layout.block = block }
    if let precision { layout.precision = precision }
    return layout
  }

  func widened(_ layout: TensorLayout, if mayWiden: Bool) -> TensorLayout {
    var layout = layout
    if widens, mayWiden { layout.wideStride = layout.sampleElements + 3 * layout.block }
    return layout
  }

  /// Of the values to test with.
  var valuePrecision: Precision { layout(for: Shape(1, 1, 1, 1)).precision }

  /// How far results may be from exact ones, for each unit.
  var tolerance: Double { valuePrecision == .bf16 ? 1e-2 : 2e-5 }
}

enum BackendsUnderTest {
  /// Every backend and algorithm in its own layouts; one that this machine cannot make stops the
  /// tests.
  static let native = [
    BackendUnderTest(onednn(.always(.direct)), "onednn, direct"),
    BackendUnderTest(onednn(.always(.directInWholeBlocks)), "onednn, direct in whole blocks"),
    BackendUnderTest(onednn(.always(.winograd)), "onednn, winograd"),
    BackendUnderTest(onednn(.always(.winograd), isPortable: true), "onednn, portable"),
    BackendUnderTest(OpenBLASBackend()),
  ]

  /// oneDNN in bf16, emulated where the processor has none, and only where oneDNN can do so.
  static let inBF16: [BackendUnderTest] = [
    (ConvolutionAlgorithm.direct, false), (.directInWholeBlocks, false), (.winogradInF32, false),
    (.direct, true),
  ].compactMap { algorithm, isPortable in
    let backend = try? OneDNNBackend(
      precision: .bf16, algorithms: AlgorithmSelection(.always(algorithm)),
      isPortable: isPortable)
    guard let backend, backend.layout(for: Shape(1, 1, 1, 1)).block == 16 else { return nil }
    return BackendUnderTest(
      backend, "onednn, \(isPortable ? "portable" : algorithm.rawValue)")
  }

  /// And the shared kernels in blocks that OpenBLAS would not choose: those of the processors, and
  /// one that does not divide a vector.
  static let inAllBlocks =
    native + [3, 8, 16].map { BackendUnderTest(OpenBLASBackend(), block: $0) }

  /// And in both precisions, within wider tensors.
  static let inAllLayouts =
    inAllBlocks
    + [1, 3, 16].flatMap { block in
      [false, true].map { widens in
        BackendUnderTest(OpenBLASBackend(), block: block, precision: .bf16, widens: widens)
      } + [BackendUnderTest(OpenBLASBackend(), block: block, widens: true)]
    }

  private static func onednn(_ rule: AlgorithmSelection.Rule, isPortable: Bool = false)
    -> OneDNNBackend
  {
    try! OneDNNBackend(algorithms: AlgorithmSelection(rule), isPortable: isPortable)
  }
}
