@testable import Execution
@testable import Groundwork
import Testing

/// A device that the conformance suite runs over, and in which layouts: its own choice, or others
/// that are forced upon it to try the shared kernels on what it would not choose.
struct DeviceUnderTest: Sendable, CustomTestStringConvertible {
  let device: any Device
  var name: String
  var block: Int?
  var precision: Precision?
  /// Makes tensors strided views of wider ones wherever they may be.
  var widens = false
  /// Convolutions promise the same bits with any number of threads, as all other operations do.
  var ignoresThreads: Bool

  init(
    _ device: any Device, _ name: String = "", block: Int? = nil, precision: Precision? = nil,
    widens: Bool = false, ignoresThreads: Bool = false
  ) {
    self.device = device
    self.name = name.isEmpty ? device.name : name
    (self.block, self.precision, self.widens) = (block, precision, widens)
    self.ignoresThreads = ignoresThreads
  }

  var testDescription: String {
    name + (block.map { ", blocks of \($0)" } ?? "") + (precision.map { ", \($0)" } ?? "")
      + (widens ? ", strided" : "")
  }

  func layout(for shape: Shape) -> TensorLayout {
    var layout = device.layout(for: shape)
    if let block { layout.block = block }
    if let precision { layout.precision = precision }
    return layout
  }

  func widened(_ layout: TensorLayout, if mayWiden: Bool) -> TensorLayout {
    var layout = layout
    if widens, mayWiden { layout.wideStride = layout.sampleElements + 3 * layout.block }
    return layout
  }

  /// The precision of the values to test with.
  var valuePrecision: Precision { layout(for: Shape(1, 1, 1, 1)).precision }

  /// How far results may be from exact ones, for each unit.
  var tolerance: Double { valuePrecision == .bf16 ? 1e-2 : 2e-5 }
}

enum DevicesUnderTest {
  /// Every device and algorithm in its own layouts; one that this machine cannot make stops the
  /// tests.
  static let native = [
    DeviceUnderTest(onednn(.always(.direct)), "onednn, direct"),
    DeviceUnderTest(onednn(.always(.directInWholeBlocks)), "onednn, direct in whole blocks"),
    DeviceUnderTest(onednn(.always(.winograd)), "onednn, winograd"),
    DeviceUnderTest(
      onednn(.always(.winograd), isPortable: true), "onednn, portable", ignoresThreads: true),
    DeviceUnderTest(OpenBLASDevice(), ignoresThreads: true),
    DeviceUnderTest(GuardedDevice(), ignoresThreads: true),
  ]

  /// oneDNN in bf16, emulated where the processor has none, and only where oneDNN can do so.
  static let inBF16: [DeviceUnderTest] = [
    (ConvolutionAlgorithm.direct, false), (.directInWholeBlocks, false), (.winogradInF32, false),
    (.directInTiles, false), (.directInTiles, true), (.direct, true),
  ].compactMap { algorithm, isPortable in
    let device = try? OneDNNDevice(
      precision: .bf16, algorithms: AlgorithmSelection(.always(algorithm)),
      isPortable: isPortable)
    guard let device, device.layout(for: Shape(1, 1, 1, 1)).block == 16 else { return nil }
    return DeviceUnderTest(
      device, "onednn, \(algorithm.rawValue)\(isPortable ? ", portable" : "")",
      ignoresThreads: isPortable)
  }

  static let whoseConvolutionsIgnoreThreads = (native + inBF16).filter(\.ignoresThreads)

  /// And the shared kernels in blocks that OpenBLAS would not choose: those of the processors, and
  /// one that does not divide a vector.
  static let inAllBlocks =
    native + [3, 8, 16].map { DeviceUnderTest(OpenBLASDevice(), block: $0) }

  /// And in both precisions, as strided views of wider tensors.
  static let inAllLayouts =
    inAllBlocks
    + [1, 3, 16].flatMap { block in
      [false, true].map { widens in
        DeviceUnderTest(OpenBLASDevice(), block: block, precision: .bf16, widens: widens)
      } + [DeviceUnderTest(OpenBLASDevice(), block: block, widens: true)]
    }

  /// Each kind of layout once, for kernels that all devices share.
  static let forParts = [
    DeviceUnderTest(OpenBLASDevice(), block: 1), DeviceUnderTest(OpenBLASDevice(), block: 3),
    DeviceUnderTest(OpenBLASDevice(), block: 16),
    DeviceUnderTest(OpenBLASDevice(), block: 16, precision: .bf16, widens: true),
  ]

  /// True where oneDNN computes bf16 on this processor, if need be without instructions for it.
  static let hasBF16 = !inBF16.isEmpty

  private static func onednn(_ rule: AlgorithmSelection.Rule, isPortable: Bool = false)
    -> OneDNNDevice
  {
    try! OneDNNDevice(algorithms: AlgorithmSelection(rule), isPortable: isPortable)
  }
}

extension Trait where Self == ConditionTrait {
  /// Leaves a test out, and says so, where oneDNN cannot compute bf16 at all.
  static var needsBF16: Self {
    .enabled(if: DevicesUnderTest.hasBF16, "oneDNN has no bf16 for this processor")
  }
}
