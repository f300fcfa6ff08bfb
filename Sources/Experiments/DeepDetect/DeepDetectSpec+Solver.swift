extension DeepDetectSpec {
  /// The solver, with its schedule.
  var solver: (key: String, fields: [String]) {
    mutating get {
      let asked = (settings.text("solver.solver_type") ?? "").uppercased()
      let names = ComponentCatalog.standard.solvers.names
      var type = asked
      if asked.isEmpty {
        type = "SGD"
        note("the call says no solver_type: SGD, as DeepDetect")
      } else if asked == "RANGER_PLUS" {
        type = "RANGER"
        note("RANGER_PLUS is RANGER here, without the belief and the centered gradients")
      } else if !names.contains(asked) {
        type = "SGD"
        note("there is no solver \(asked): SGD stands in its place, as in DeepDetect")
      }
      var fields = ["type: \(type)", "base_lr: \(baseRate)"]
      if let decay = settings.number("solver.weight_decay"), decay >= 0 {
        fields.append("weight_decay: \(SpecComment.number(decay))")
      }
      fields += fieldsOfItsOwn(type)
      fields += clipping(type)
      if let size = settings.integer("solver.iter_size"), size > 1 {
        fields.append("iter_size: \(size)")
      }
      if let schedule { fields.append("schedule: \(schedule)") }
      return ("solver", fields)
    }
  }

  private var baseRate: String {
    mutating get {
      if let written = settings.number("solver.base_lr"), written > 0 {
        rate = written
      } else {
        note("the call says no base_lr: \(rate) is written")
      }
      return SpecComment.number(rate)
    }
  }

  /// Settings that solvers of one kind alone have, where they have them here too.
  private mutating func fieldsOfItsOwn(_ type: String) -> [String] {
    guard let solver = ComponentCatalog.standard.solvers.find(type) else { return [] }
    let known = Set(solver.fields.map(\.name))
    let names = [
      ("momentum", "momentum"), ("momentum2", "momentum2"), ("rms_decay", "rms_decay"),
      ("delta", "delta"),
      ("lookahead_steps", "k"), ("lookahead_alpha", "alpha"),
    ]
    return names.compactMap { name, own in
      guard known.contains(own), let value = settings.number("solver.\(name)") else { return nil }
      return "\(own): \(SpecComment.number(value))"
    }
  }

  private mutating func clipping(_ type: String) -> [String] {
    let isOn = settings.bool("solver.clip") ?? type.hasPrefix("RANGER")
    let (value, norm) = (settings.number("solver.clip_value"), settings.number("solver.clip_norm"))
    guard isOn else { return [] }
    return [
      "clip_value: \(SpecComment.number(value ?? 5))",
      "clip_norm: \(SpecComment.number(norm ?? 100))",
    ]
  }

  // MARK: Schedule

  /// `nil` for a fixed rate.
  private var schedule: String? {
    mutating get {
      let policy = (settings.text("solver.lr_policy") ?? "fixed").lowercased()
      var fields: [String] = []
      func add(_ name: String, _ own: String? = nil) {
        guard let value = settings.number("solver.\(name)") else { return }
        fields.append("\(own ?? name): \(SpecComment.number(value))")
      }
      switch policy {
      case "step", "sigmoid":
        add("stepsize")
        add("gamma")
        if !fields.contains(where: { $0.hasPrefix("stepsize") }) {
          note(
            "lr_policy \(policy) has no stepsize in the call: write schedule: {\(policy): {stepsize: …}}"
          )
          return warmup(nil)
        }
      case "multistep":
        let steps = settings.take("solver.stepvalue")?.value.elements.compactMap(\.integer) ?? []
        guard !steps.isEmpty else {
          note(
            "lr_policy multistep has no stepvalue in the call: write schedule: {multistep: {stepvalue: […]}}"
          )
          return warmup(nil)
        }
        fields.append("stepvalue: [\(steps.map(String.init).joined(separator: ", "))]")
        add("gamma")
      case "exp": add("gamma")
      case "inv":
        add("gamma")
        add("power")
      case "poly": add("power")
      case "sgdr":
        for name in ["period", "ncycles", "p_mult", "lr_mult", "min_lr"] { add(name) }
        if fields.contains(where: { $0.hasPrefix("period") }) {
          fields.removeAll { $0.hasPrefix("ncycles") }
        }
      case "plateau": add("gamma")
      case "fixed": return warmup(nil)
      default:
        note("there is no lr_policy '\(policy)': the rate is fixed")
        return warmup(nil)
      }
      return warmup(fields.isEmpty ? policy : "\(policy): {\(fields.joined(separator: ", "))}")
    }
  }

  /// A rise from `warmup_lr` over `warmup_iter` before the schedule.
  private mutating func warmup(_ schedule: String?) -> String? {
    guard let steps = settings.integer("solver.warmup_iter"), steps > 0 else {
      return schedule.map { $0.contains(":") ? "{\($0)}" : $0 }
    }
    var factor = ""
    if let first = settings.number("solver.warmup_lr"), first >= 0 {
      factor = ", start_factor: \(SpecComment.number(min(1, first / rate)))"
    }
    let own = schedule.map { $0.contains(":") ? $0 : "\($0): {}" } ?? "fixed: {}"
    return "{\(own), warmup: {over: \(steps)\(factor)}}"
  }
}
