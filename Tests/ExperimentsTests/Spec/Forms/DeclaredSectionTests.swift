@testable import Experiments
@testable import Groundwork
import Testing

@Suite("Declared sections")
struct DeclaredSectionTests {
  /// A section with a key of each presence and of what may be decided.
  private struct Sample: DeclaredSection {
    var size = 1
    var name: String?
    var speed = 2
    var looks = false
    var part: Part?

    static let standard = Sample()
    static let about = "Shows how sections are declared."
    static let keys: [SpecKey<Self>] = [
      .required("size", \.size, .integer(in: 1...9), "How large it is."),
      .optional("name", \.name, .text, "What it is called."),
      .standard(
        "speed", \.speed, .integer(in: 1...9), kept: .unlessStandardInIdentity, "How fast it is."),
      .standard(
        "looks", \.looks, .boolean, kept: .unlessStandard, decides: .record, "What is looked at."),
      .optional("part", \.part, Part.form, "What is within."),
    ]

    mutating func check(_ keys: SpecMapping) {
      if size == 9, !keys.misread.contains("size") { keys.report("is too large") }
    }
  }

  private struct Part: DeclaredSection {
    var first: Int?
    var second: Int?

    static let standard = Part()
    static let about = "Is within."
    static let groups = [KeyGroup.exactlyOne(["first", "second"])]
    static let keys: [SpecKey<Self>] = [
      .optional("first", \.first, .integer(in: 0...1), isAlternative: true, "One way."),
      .optional("second", \.second, .integer(in: 0...1), isAlternative: true, "Another."),
    ]
  }

  private static func read(_ text: String) throws -> (section: Sample?, problems: [String]) {
    let source = SourceText(name: "spec.yaml", text: text)
    let decoder = SpecDecoder(catalog: .sample, source: source)
    let section = Sample.read(decoder.root(try YAMLParser.parse(source)))
    return (
      section,
      decoder.diagnostics.map { problem in
        "\(problem.mark.place) \(problem.message)" + (problem.remedy.map { " (\($0))" } ?? "")
      }
    )
  }

  @Test("what is written takes the place of defaults")
  func reading() throws {
    let read = try Self.read("{size: 3, name: a, part: {second: 1}}")
    let section = try #require(read.section)
    #expect(read.problems.isEmpty)
    #expect(section.size == 3 && section.name == "a" && section.speed == 2)
    #expect(section.part?.second == 1 && section.part?.first == nil)
  }

  @Test("every problem of a section is reported at its place, and nothing stands for the section")
  func problems() throws {
    let read = try Self.read("{speed: 10, looks: 1, part: {}, sped: 1}")
    #expect(read.section == nil)
    #expect(
      read.problems.map { $0.replacing("spec.yaml:1:", with: "") } == [
        "spec.yaml missing key 'size'", "9 speed must be from 1 to 9, not 10",
        "20 looks must be true or false, not 1",
        "23 missing key 'first' or 'second' in part",
        "33 unknown key 'sped' (did you mean 'speed'?)",
      ])
  }

  @Test("a section is looked at as a whole, but not for what could not be read")
  func checks() throws {
    let large = try Self.read("{size: 9}")
    #expect(large.problems.count == 1 && large.problems[0].contains("is too large"))
    let twice = try Self.read("{part: {first: 0, second: 1}, size: 10}")
    #expect(twice.problems.count == 2)
    #expect(twice.problems.contains { $0.contains("'second' and 'first' exclude each other") })
  }

  @Test("a record has what was written and defaults, an id what decides the result")
  func writing() {
    var sample = Sample(size: 3, looks: true)
    let id = SpecPurpose.identity(isSteered: false)
    #expect(sample.written(for: .record).text == #"{"looks":true,"size":3,"speed":2}"#)
    #expect(sample.written(for: id).text == #"{"size":3}"#)
    (sample.speed, sample.looks) = (5, false)
    #expect(sample.written(for: .record).text == #"{"size":3,"speed":5}"#)
    #expect(sample.written(for: id).text == #"{"size":3,"speed":5}"#)
    #expect(
      sample.written(for: .comparison).text
        == #"{"looks":false,"name":"none","part":"none","size":3,"speed":5}"#)
  }

  @Test("what decides the result of steered trainings alone is part of their ids")
  func steering() {
    var section = EvaluationSection.standard
    section.every = .epochs(2)
    #expect(section.written(for: .identity(isSteered: false)).text == "{}")
    #expect(
      section.written(for: .identity(isSteered: true)).text
        == #"{"batch_size":4,"every":"2 epochs"}"#)
  }

  @Test("the reference says the keys of a section and of those within it")
  func reference() {
    let sections = Sample.form.sections
    #expect(sections.map(\.path) == ["", "part"])
    #expect(sections[0].keys.map(\.type).prefix(2) == ["integer in 1…9", "text"])
    #expect(sections[0].keys.map(\.presence).prefix(3) == [.required, .optional, .standard("2")])
  }
}
