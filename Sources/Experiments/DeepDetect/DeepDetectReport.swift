/// What became of a training call.
struct DeepDetectReport: Encodable {
  let spec: String
  let experiment: String
  /// What a person should look at.
  let notes: [String]
  /// Settings without a counterpart, with the reasons.
  let leftOut: [String]
  /// What a check of the spec finds already, without its data.
  let left: [String]

  func text(style: Style = .output) -> String {
    var facts = FactList()
    facts.add("experiment", experiment)
    if !notes.isEmpty { facts.add("look at", notes.joined(separator: "\n")) }
    if !leftOut.isEmpty { facts.add("left out", leftOut.joined(separator: "\n")) }
    if !left.isEmpty { facts.add("to mend", left.joined(separator: "\n")) }
    facts.add("spec", spec)
    facts.add("next", "experiments check \(ShellWord.quoted(spec))")
    return facts.text(style: style)
  }
}
