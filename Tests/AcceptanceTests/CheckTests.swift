import Foundation
import Testing

/// What `check` says of a spec, in each of its formats, and what `explain` says of a code.
@Suite struct CheckTests {
  private func workplace(_ solver: String = "{type: ADAM, base_lr: 1}") throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(
      """
      experiment: rates
      data: {generated: {train: 8, validation: 2, size: [32, 32]}}
      template: {name: unet, depth: 2}
      losses: dice
      solver: \(solver)
      training: {epochs: 1}
      """, to: "rates.yaml")
    return workplace
  }

  @Test("a warning lets a spec pass, and with --strict it does not")
  func strict() throws {
    let workplace = try workplace()
    let said =
      "rates.yaml:5:31: warning[W0405]: solver.base_lr is 1, far above what ADAM learns with"
    let lenient = try workplace.run("check", "rates.yaml")
    #expect(lenient.status == 0 && lenient.errors.contains(said), "\(lenient)")
    for command in ["check", "plan", "run"] {
      let strict = try workplace.run(command, "rates.yaml", "--strict")
      #expect(strict.status == 65 && strict.output.isEmpty, "\(strict)")
      #expect(strict.errors.contains(said.replacing("warning", with: "error")), "\(strict)")
      #expect(strict.errors.hasSuffix("1 error; nothing was run\n"))
    }
    let right = try self.workplace("{type: ADAM, base_lr: 0.001}")
    #expect(try right.run("check", "rates.yaml", "--strict").status == 0)
  }

  @Test("every format has the code of what was found")
  func formats() throws {
    let workplace = try workplace()
    let json = try workplace.run("check", "rates.yaml", "--format", "json")
    #expect(json.status == 0 && json.output.contains("\"code\" : \"W0405\""), "\(json)")
    #expect(try workplace.run("check", "rates.yaml", "--json").output == json.output)
    let sarif = try workplace.run("check", "rates.yaml", "--format", "sarif")
    #expect(sarif.status == 0 && sarif.errors.isEmpty, "\(sarif)")
    #expect(sarif.output.contains("\"ruleId\" : \"W0405\""))
    let wrong = try workplace.run("check", "rates.yaml", "--format", "sarif", "--set", "sede=3")
    #expect(wrong.status == 65 && wrong.output.contains("\"ruleId\" : \"E0101\""), "\(wrong)")
    #expect(wrong.output.contains("\"exitCode\" : 65"))
    let both = try workplace.run("check", "rates.yaml", "--json", "--format", "sarif")
    #expect(both.status == 64, "\(both)")
  }

  @Test("too much memory is one document of JSON, with its code")
  func memory() throws {
    let workplace = try workplace()
    let found = try workplace.run(
      "check", "rates.yaml", "--json", "--set", "limits.memory=1 MB")
    #expect(found.status == 65)
    let document = try JSONSerialization.jsonObject(with: Data(found.output.utf8))
    let errors = (document as? [String: Any])?["errors"] as? [[String: Any]]
    #expect(errors?.first?["code"] as? String == "E0417")
  }

  @Test("a code is explained, all of them are listed, and one that there is not is refused")
  func explain() throws {
    let workplace = try Workplace()
    let one = try workplace.run("explain", "e0101")
    #expect(one.status == 0 && one.output.hasPrefix("error[E0101]: unknown key\n"), "\(one)")
    let all = try workplace.run("explain")
    #expect(all.output.contains("\nE0101  unknown key\n"))
    let none = try workplace.run("explain", "E0191")
    #expect(none.status == 64 && none.errors.contains("there is no code 'E0191'"), "\(none)")
    #expect(try workplace.run("explain", "E0101", "--json").output.contains("\"why\""))
  }
}
