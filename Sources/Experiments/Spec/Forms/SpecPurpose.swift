/// What a section is written for.
enum SpecPurpose: Sendable, Hashable {
  /// The record of a trial: all that was written and what took the place of what was not.
  case record
  /// The id of a trial: what decides its result.
  ///
  /// - Parameter isSteered: whether evaluations decide the learning rate or the end of the training.
  case identity(isSteered: Bool)
  /// A comparison of records of any age: every key, whether it is written or not.
  case comparison
}

/// What a key of a spec decides, and so whether it is part of a trial's id.
enum SpecDecision: Sendable, Hashable {
  /// What is trained, or what is measured of it.
  case result
  /// The result where evaluations decide the learning rate or the end of the training, and otherwise what
  /// is known of it.
  case resultOfSteered
  /// Where something lies.
  case place
  /// How much time and memory it takes.
  case cost
  /// What is recorded besides, or told of it.
  case record

  /// What people are told of it; `nil` where it decides the result, as most do.
  var note: String? {
    switch self {
    case .result: nil
    case .resultOfSteered: "Part of a trial's id where evaluations steer the training."
    case .place, .cost, .record: "Not part of a trial's id."
    }
  }

  func isPart(of purpose: SpecPurpose) -> Bool {
    switch (purpose, self) {
    case (.record, _), (.comparison, _), (.identity, .result): true
    case (.identity(let isSteered), .resultOfSteered): isSteered
    case (.identity, _): false
    }
  }
}

/// When a key that has its default is written for a purpose. Keys that came to the language later are left out
/// where they say what was done before, so that ids stay what they are.
enum SpecRetention: Sendable, Hashable {
  case always
  /// The default is part of the record, but not of the id.
  case unlessStandardInIdentity
  case unlessStandard

  func leavesOutStandard(for purpose: SpecPurpose) -> Bool {
    switch (self, purpose) {
    case (.always, _), (_, .comparison), (.unlessStandardInIdentity, .record): false
    case (.unlessStandardInIdentity, .identity), (.unlessStandard, _): true
    }
  }
}
