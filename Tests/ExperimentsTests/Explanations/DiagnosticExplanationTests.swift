@testable import Experiments
@testable import Groundwork
import Testing

@Suite("Codes and their explanations")
struct DiagnosticExplanationTests {
  @Test("every code is explained once, in the order of the codes")
  func complete() {
    #expect(DiagnosticExplanation.all.map(\.code) == DiagnosticCode.allCases)
    let codes = DiagnosticCode.allCases.map(\.rawValue)
    #expect(codes.allSatisfy { $0.wholeMatch(of: /[EW][0-9]{4}/) != nil })
    #expect(Set(DiagnosticExplanation.all.map(\.title)).count == codes.count)
  }

  @Test(
    "the wrong example of a code has it, and the right one nothing that is wrong",
    arguments: DiagnosticCode.allCases)
  func examples(code: DiagnosticCode) throws {
    let explanation = try #require(code.explanation)
    let wrong = try ExplainedExample(explanation.wrong)
    let right = try ExplainedExample(explanation.right)
    let (early, plan) = wrong.planned()
    let (wrongs, plannedRight) = right.planned()
    #expect(wrongs.isEmpty)
    guard let plan else {
      #expect(early.contains(code))
      return
    }
    let late = try wrong.checked(plan)
    #expect(late.contains(code), "\(late)")
    let mended = try right.checked(#require(plannedRight))
    #expect(mended.isEmpty, "\(mended)")
  }

  @Test("what the catalogue of wrong specs has is said with codes of many kinds")
  func catalogue() throws {
    let codes = Set(
      try BrokenSpec.all().flatMap(\.problems).compactMap { problem in
        problem.split(separator: " ").dropFirst().first.map(String.init)
      })
    #expect(codes.count >= 20)
    #expect(codes.allSatisfy { DiagnosticExplanation.of($0) != nil })
  }

  @Test("a code is found in capital and in small letters")
  func lookup() {
    #expect(DiagnosticExplanation.of("E0101")?.code == .unknownKey)
    #expect(DiagnosticExplanation.of("w0404")?.code == .idleSetting)
    #expect(DiagnosticExplanation.of("E0000") == nil)
  }

  @Test("the page of a code begins as its messages do")
  func page() throws {
    let explanation = try #require(DiagnosticCode.undoneOverride.explanation)
    let text = DiagnosticPage(explanation: explanation).text(width: 60, style: Style(isOn: false))
    #expect(
      text == """
        error[E0305]: --set of what the sweep sets

        Every point of the sweep has its own value there, which
        would take the place of the one that is set.

        wrong
          sweep: {parameters: {solver.base_lr: [0.1, 0.01]}}

          --set solver.base_lr=0.05

        right
          sweep: {parameters: {solver.base_lr: [0.1, 0.01]}}

          --set sweep.parameters.solver.base_lr=[0.05]

        Set the values of the sweep, or sweep=null for none.
        """)
  }

  @Test("the committed document is what the list says")
  func document() throws {
    let committed = try Document("Documentation/Diagnostics.md").text
    let isCurrent = committed == DiagnosticReference.markdown
    #expect(isCurrent, "run `make reference` and commit the file")
  }
}
