internal import CKernels
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
extension ConfusionMatrix { static func mostProbable(logits: UnsafePointer<Float>, layout: TensorLayout, threads: Int) -> [UInt8] { [] } }
