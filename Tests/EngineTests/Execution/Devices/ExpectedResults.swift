@testable import Groundwork
@testable import Networks
import Synchronization

/// What the naive loops say of a case, which all devices are held against: computed once for each
/// precision of the values.
enum ExpectedResults {
  private static let knownOutputs = Mutex<[String: [PlainTensor]]>([:])
  private static let knownGradients = Mutex<[String: NaiveGradients]>([:])

  static func outputs(
    of test: KernelCase, _ precision: Precision, compute: () -> [PlainTensor]
  ) -> [PlainTensor] {
    let key = "\(test.testDescription), \(precision)"
    if let known = knownOutputs.withLock({ $0[key] }) { return known }
    let outputs = compute()
    knownOutputs.withLock { $0[key] = outputs }
    return outputs
  }

  static func gradients(
    of test: KernelCase, _ precision: Precision, compute: () -> NaiveGradients
  ) -> NaiveGradients {
    let key = "\(test.testDescription), \(precision)"
    if let known = knownGradients.withLock({ $0[key] }) { return known }
    let gradients = compute()
    knownGradients.withLock { $0[key] = gradients }
    return gradients
  }
}
