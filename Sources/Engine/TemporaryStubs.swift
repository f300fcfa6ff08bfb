internal import CKernels
public struct DataError: Error, CustomStringConvertible { public var description: String { "" } }
public struct Normalization: Sendable { }
public struct Dataset: Sendable { public var count: Int { 1 }; public var size: Size { Size(height: 1, width: 1) }; public var channels: Int { 3 } }
public struct SegmentationData: Sendable { public let train: Dataset; public let validation: Dataset; public let classes: [String]; public let classStatistics: ClassStatistics; public let normalization: Normalization }
final class Loader { struct Batch { var images: UnsafeMutablePointer<Float>; var labels: UnsafeMutablePointer<UInt8>; var count: Int }
  init(training: Dataset, batchSize: Int, augmentations: [any Augmentation], normalization: Normalization, seed: UInt64, firstBatch: Int) {}
  init(evaluating: Dataset, batchSize: Int, normalization: Normalization) {}
  func next() throws -> Batch { fatalError() } }
enum TensorDigest { static func digest(_ v: UnsafeBufferPointer<Float>) -> UInt64 { 0 } }
enum SharedKernels { static func make(for r: KernelRequest) throws -> any Kernel { NoKernel() } }
struct OpenBLASBackend: Backend { static let name = ""; func layout(for shape: Shape) -> TensorLayout { fatalError() }
  func makeKernel(for request: KernelRequest) throws -> any Kernel { NoKernel() } }
extension ConfusionMatrix { mutating func add(logits: UnsafePointer<Float>, layout: TensorLayout, labels: UnsafePointer<UInt8>, threads: Int) {} }
func ck_relu_backward(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, _ n: Int, _ t: Int32) {}
func ck_accumulate(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ n: Int, _ t: Int32) {}
func ck_bias_scratch(_ l: ck_layout) -> Int { 0 }
func ck_bias_forward(_ a: UnsafeMutablePointer<Float>, _ b: UnsafePointer<Float>?, _ l: ck_layout, _ relu: Bool, _ t: Int32) {}
func ck_bias_backward(_ a: UnsafeMutablePointer<Float>, _ b: UnsafePointer<Float>, _ l: ck_layout, _ s: UnsafeMutablePointer<Double>?, _ t: Int32) {}
extension Normalization { func apply(to s: Sample, into: UnsafeMutablePointer<Float>) {} }
extension ConfusionMatrix { static func mostProbable(logits: UnsafePointer<Float>, layout: TensorLayout, threads: Int) -> [UInt8] { [] } }
