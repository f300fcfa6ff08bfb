internal import Datasets

/// What is done about a trial whose attempt ended before its end.
enum FailurePolicy: Sendable, Hashable {
  /// The sweep ends: no trial begins any more, and those that train stop where they are.
  case stop
  /// The others go on.
  case leave
  /// It goes on at once from where it was kept last, as long as each attempt gets further than the one before.
  case resume
  /// The same, so many times, whether it gets further or not.
  case retry(Int)

  /// As a spec writes it; `nil` for what is written with a number.
  fileprivate var name: String? {
    switch self {
    case .stop: "stop"
    case .leave: "continue"
    case .resume: "resume"
    case .retry: nil
    }
  }

  /// What can be said of any failure.
  fileprivate static let plain = [stop, leave]
  fileprivate static let named = [stop, leave, resume]

  fileprivate struct Retry: DeclaredSection {
    var count = 1

    static let standard = Retry()
    static let about = "Says how often a trial is tried again."
    static let keys: [SpecKey<Self>] = [
      .required("retry", \.count, .integer(in: 1...100), decides: .cost, "The number of tries.")
    ]
  }
}

extension Form<FailurePolicy> {
  /// For failures that would come again: nothing is gained by trying again.
  static var endingPolicy: Form { policy(among: FailurePolicy.plain) }

  /// For failures that may not come again.
  static var failurePolicy: Form {
    let (name, retry) = (policy(among: FailurePolicy.named), FailurePolicy.Retry.form)
    return Form(
      "\(name.words) | {retry: N}", .anyOf([name.schema, retry.schema]),
      read: { value in
        guard value.node.entries != nil else { return name.read(value) }
        return retry.read(value).map { .retry($0.count) }
      },
      write: { policy, purpose in
        guard case .retry(let count) = policy else { return name.write(policy, purpose) }
        return retry.write(FailurePolicy.Retry(count: count), purpose)
      })
  }

  private static func policy(among policies: [FailurePolicy]) -> Form {
    Form<String>.name(of: policies.compactMap(\.name), kind: "policy").map(
      { name, _ in policies.first { $0.name == name } }, { $0.name })
  }
}
