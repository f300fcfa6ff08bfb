import ArgumentParser

/// Whether what is hardly meant keeps a spec from being run.
struct StrictOption: ParsableArguments {
  @Flag(help: "Take warnings for errors: nothing is run where there is one.")
  var strict = false

  /// - Throws: ``SpecErrors`` with the warnings, where there are any and they are taken for errors.
  func enforce(_ warnings: PlanWarnings) throws(SpecErrors) {
    guard strict, !warnings.warnings.isEmpty else { return }
    throw SpecErrors(warnings.inOrder.map(\.diagnostic.asError))
  }
}
