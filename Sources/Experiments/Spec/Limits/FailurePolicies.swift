internal import Datasets
internal import Tracking

/// `limits.on_failure`: what is done about each kind of failure.
struct FailurePolicies: DeclaredSection, Hashable {
  var diverged = FailurePolicy.leave
  var outOfMemory = FailurePolicy.leave
  /// What is wrong with the data of one trial is most often wrong with that of all.
  var dataError = FailurePolicy.stop
  var killed = FailurePolicy.resume
  var timedOut = FailurePolicy.leave
  var hung = FailurePolicy.retry(1)
  var crashed = FailurePolicy.retry(1)

  static let standard = FailurePolicies()

  static let about =
    "Says what is done about a trial that ends before its end: `continue` goes on with the others, `stop` ends the "
    + "sweep, `resume` goes on with the trial from where it was kept last as long as each attempt gets further, "
    + "`{retry: N}` does so N times. Going on leads to the same bytes, so that nothing is begun anew."
  static let keys: [SpecKey<Self>] = [
    .standard(
      "diverged", \.diverged, .endingPolicy, decides: .cost,
      "The loss was no number; the same steps would lead there again."),
    .standard(
      "out_of_memory", \.outOfMemory, .failurePolicy, decides: .cost,
      "It took more than `limits.memory`, or than the machine has."),
    .standard(
      "data_error", \.dataError, .failurePolicy, decides: .cost,
      "What it reads is gone, damaged or another than it was."),
    .standard(
      "killed", \.killed, .failurePolicy, decides: .cost,
      "A signal from outside ended it."),
    .standard(
      "timed_out", \.timedOut, .endingPolicy, decides: .cost,
      "It has trained for as long as `limits.time`; with a longer time it goes on."),
    .standard(
      "hung", \.hung, .failurePolicy, decides: .cost,
      "It did nothing for as long as `limits.heartbeat`."),
    .standard(
      "crashed", \.crashed, .failurePolicy, decides: .cost,
      "A mistake of the program or of a library ended it; its log has the stack trace."),
  ]

  /// One policy for every failure; what would come again is not tried again.
  init(all policy: FailurePolicy) {
    (outOfMemory, dataError, killed, hung, crashed) = (policy, policy, policy, policy, policy)
    if policy == .stop { (diverged, timedOut) = (policy, policy) }
  }

  init() {}

  subscript(kind: FailureRecord.Kind) -> FailurePolicy {
    switch kind {
    case .diverged: diverged
    case .outOfMemory: outOfMemory
    case .dataError: dataError
    case .killed: killed
    case .timedOut: timedOut
    case .hung: hung
    case .crashed: crashed
    }
  }
}

extension Form<FailurePolicies> {
  /// One policy for all kinds, or a mapping with a policy for each.
  static var failurePolicies: Form {
    let (one, each) = (Form<FailurePolicy>.failurePolicy, FailurePolicies.form)
    return Form(
      "\(one.words) | section", .anyOf([one.schema, each.schema]), sections: each.sections,
      read: { value in
        if let keys = value.node.entries?.map(\.key), keys != ["retry"] { return each.read(value) }
        return one.read(value).map { FailurePolicies(all: $0) }
      }, write: each.write)
  }
}
