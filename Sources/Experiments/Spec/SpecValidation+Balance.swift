internal import Datasets
internal import Groundwork

extension SpecValidation {
  /// Classes whose patches are drawn more often are classes that there are, and one key says so.
  mutating func checkBalance() {
    guard let data = draft.data, case .patches(let patches) = data.geometry else { return }
    let path = SpecPath(components: ["data", "patches", "balance"])
    for balance in patches.balance where !data.classNames.contains(balance.name) {
      report(
        .unknownClass, "\(path): there is no class '\(balance.name)'",
        at: path.appending(balance.name),
        remedy: SpecValue.suggestion(balance.name, data.classNames))
    }
    if !patches.balance.isEmpty, data.sampling?.balancesClasses == true {
      report(
        .excludingKeys,
        "\(path) and data.sampling.class_balanced both say which classes are drawn more often",
        at: path, remedy: "leave one of them out")
    }
  }
}
