@testable import Datasets
@testable import Experiments
import Foundation
import Testing
@testable import Tracking

@Suite("Overrides")
struct SpecOverridesTests {
  /// The resolved text of a spec with overrides.
  private func resolved(_ overrides: String..., text: String = SampleSpecs.minimal) throws -> String
  {
    try #require(SampleSpecs.plan(text, overrides: overrides).trials.first).record.resolvedSpec
  }

  private func problems(_ overrides: String...) -> [String] {
    SampleSpecs.problems(SampleSpecs.minimal, overrides: overrides)
  }

  @Test(
    "an override says the same as the file would",
    arguments: [
      ("seed=9", "seed: 9"), ("solver.base_lr=1e-4", "solver: {type: SGD, base_lr: 1e-4}"),
      ("losses=[dice, cross_entropy]", "losses: [dice, cross_entropy]"),
      ("limits.threads=3", "limits: {threads: 3}"),
      ("checkpoints.keep.best=0", "checkpoints: {keep: {best: 0}}"),
      ("template.depth=3", "template: {name: unet, depth: 3}"),
      ("losses.dice.weight=0.5", "losses: {dice: {weight: 0.5}}"),
      ("about=a = b", "about: a = b"),
    ])
  func same(override: String, line: String) throws {
    #expect(try resolved(override) == resolved(text: SampleSpecs.minimal(line)))
  }

  @Test("a component in a list is found by its name and by its position")
  func lists() throws {
    let text = SampleSpecs.minimal("losses: [cross_entropy, {dice: {weight: 2}}]")
    let expected = try resolved(
      text: SampleSpecs.minimal("losses: [{cross_entropy: {weight: 3}}, {dice: {weight: 4}}]"))
    #expect(
      try resolved("losses.cross_entropy.weight=3", "losses.dice.weight=4", text: text) == expected)
    #expect(
      try resolved("losses.0.cross_entropy.weight=3", "losses.1.dice.weight=4", text: text)
        == expected)
    #expect(
      try resolved("losses.0=cross_entropy", "losses.1={dice: {weight: 2}}", text: text)
        == resolved(text: text))
  }

  @Test("later overrides win, and null takes a key away")
  func order() throws {
    #expect(try resolved("seed=3", "seed=4") == resolved("seed=4"))
    #expect(try resolved("seed=3", "seed=null") == resolved())
    #expect(
      try resolved("training.epochs=null", "training.iterations=5")
        == resolved(text: SampleSpecs.minimal("training: {iterations: 5}")))
  }

  @Test("what an override takes away is missing like any other key")
  func takenAway() {
    #expect(problems("losses=~") == ["unet.yaml missing key 'losses'"])
  }

  @Test(
    "an override that cannot be read or applied is shown as it was typed",
    arguments: [
      ("seed", "--set seed this sets nothing (write path=value)"),
      ("=3", "--set =3 '' is no path (write keys with a '.' between them)"),
      ("a..b=3", "--set a..b=3 'a..b' is no path (write keys with a '.' between them)"),
      ("seed=", "--set seed= nothing is written here"),
      ("seed=[1", "--set seed=[1 did not find expected ',' or ']' while parsing a flow sequence"),
      (
        "seed=&a 1",
        "--set seed=&a 1 anchors are not supported (write the value out where it is used)"
      ),
      ("data={size: 1, size: 2}", "--set data={size: 1, size: 2} key 'size' is repeated"),
      ("seed.x=1", "--set seed.x=1 seed must be an integer, not a mapping"),
      (
        "losses.diec.weight=1",
        "--set losses.diec.weight=1 losses is the text 'dice' and has no key 'diec' "
          + "(set losses as a whole)"
      ),
      (
        "experiment.a=1",
        "--set experiment.a=1 experiment is the text 'shapes' and has no key 'a' "
          + "(set experiment as a whole)"
      ),
    ])
  func refused(override: String, expected: String) {
    #expect(problems(override) == [expected])
  }

  @Test("a position beyond a list is refused")
  func position() {
    let text = SampleSpecs.minimal("losses: [dice]")
    #expect(
      SampleSpecs.problems(text, overrides: ["losses.1.dice.weight=1", "losses.-1=dice"]) == [
        "--set losses.1.dice.weight=1 losses has no element '1' "
          + "(name a component that is in the list, or its position from 0)",
        "--set losses.-1=dice losses has no element '-1' "
          + "(name a component that is in the list, or its position from 0)",
      ])
  }

  @Test("problems of overrides come with those of the file, in the order of typing")
  func together() {
    let found = SampleSpecs.problems(
      SampleSpecs.minimal("sede: 1"), overrides: ["seed", "solver.base_lr=0"])
    #expect(
      found == [
        "7:1 unknown key 'sede' (did you mean 'seed'?)",
        "--set seed this sets nothing (write path=value)",
        "--set solver.base_lr=0 solver.base_lr must be above 0, not 0",
      ])
  }

  @Test("an override that the sweep would undo is refused")
  func swept() {
    let text = SampleSpecs.minimal("sweep: {parameters: {solver.base_lr: [1, 2]}}")
    #expect(
      SampleSpecs.problems(text, overrides: ["solver.base_lr=3"]) == [
        "--set solver.base_lr=3 solver.base_lr is swept, which would undo this "
          + "(set sweep.parameters.solver.base_lr, or sweep=null for no sweep)"
      ])
  }

  @Test("an override may set what a swept value is a part of")
  func sweptPart() throws {
    let text = SampleSpecs.minimal("sweep: {parameters: {template.depth: [2, 3]}}")
    let plan = try SampleSpecs.plan(text, overrides: ["template={name: unet, base_channels: 8}"])
    #expect(
      plan.trials.map { $0.spec.template.canonical.text } == [
        #"{"base_channels":8,"depth":2,"name":"unet"}"#,
        #"{"base_channels":8,"depth":3,"name":"unet"}"#,
      ])
  }

  @Test("the sweep itself can be overridden")
  func sweep() throws {
    let text = SampleSpecs.minimal("sweep: {parameters: {solver.base_lr: [1, 2]}}")
    func count(_ override: String) throws -> Int {
      try SampleSpecs.plan(text, overrides: [override]).trials.count
    }
    #expect(try count("sweep.parameters.solver.base_lr=[1, 2, 3]") == 3)
    #expect(try count("sweep.seeds=4") == 8)
    #expect(try count("sweep=null") == 1)
  }

  @Test("+ adds what is not written yet, to a list too, and ~ takes away what is")
  func signs() throws {
    let text = SampleSpecs.minimal("losses: [cross_entropy, dice]")
    #expect(
      try resolved(
        "+losses={dice: {weight: 3}}", text: SampleSpecs.minimal("losses: [cross_entropy]"))
        == resolved(text: SampleSpecs.minimal("losses: [cross_entropy, {dice: {weight: 3}}]")))
    #expect(
      try resolved("~losses.dice", text: text)
        == resolved(text: SampleSpecs.minimal("losses: [cross_entropy]")))
    #expect(try resolved("+seed=4") == resolved("seed=4"))
    let weighted = SampleSpecs.minimal("losses: [cross_entropy, {dice: {weight: 2}}]")
    #expect(
      try resolved("~losses.dice.weight", text: weighted)
        == resolved(text: SampleSpecs.minimal("losses: [cross_entropy, dice]")))
    #expect(
      SampleSpecs.problems(weighted, overrides: ["+losses.dice.weight=3"]).first?
        .contains("losses.dice.weight is written already, as 2") == true)
    #expect(try resolved("~about", text: SampleSpecs.minimal("about: x")) == resolved())
    #expect(
      problems("+seed=3", "+seed=4", "~about", "~seed=3", "+losses") == [
        "--set +seed=4 seed is written already, as 3 (leave the + out to set it)",
        "--set ~about about is not written, so that it cannot be taken away (leave it out)",
        "--set ~seed=3 ~ takes a key away, and here is a value too (write ~path, or path=value)",
        "--set +losses this sets nothing (write +path=value)",
      ])
  }

  @Test("a path on the command line starts where it is typed")
  func paths() throws {
    let text = SampleSpecs.minimal(
      "data: {train: t, validation: v, classes: [a, b], size: [96, 96]}")
    let here = FileManager.default.currentDirectoryPath
    let typed = try resolved("data.train=lists/t.txt", text: text)
    #expect(typed.contains("\"train\":\"\(here)/lists/t.txt\""))
    #expect(typed.contains("\"validation\":\"v\""))
    let rooted = try resolved("data.train=lists/t.txt", "data.root=set", text: text)
    #expect(rooted.contains("\"root\":\"\(here)/set\""))
    #expect(rooted.contains("\"train\":\"lists/t.txt\""))
  }

  @Test("an environment variable stands for a part of a path")
  func variables() throws {
    let text = SampleSpecs.minimal(
      "data: {root: '${HOME}/set', train: t, validation: v, classes: [a, b], size: [96, 96]}")
    let home = try #require(ProcessInfo.processInfo.environment["HOME"])
    #expect(try resolved(text: text).contains("\"root\":\"\(home)/set\""))
    let missing = SampleSpecs.problems(text.replacing("HOME", with: "NO_SUCH_VARIABLE_HERE"))
    #expect(
      missing == [
        "2:14 data.root names the environment variable NO_SUCH_VARIABLE_HERE, which is not set "
          + "(set it, or write the path)"
      ])
  }
}
