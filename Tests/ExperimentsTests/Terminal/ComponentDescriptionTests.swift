import Testing

@testable import Experiments

struct ComponentDescriptionTests {
  @Test("every component of every kind can be described, with all its fields")
  func complete() throws {
    for kind in ComponentKind.all {
      for component in kind.registry.components {
        let text = ComponentDescription(component, of: kind).text(style: Style(isOn: false))
        #expect(text.hasPrefix("\(component.name): \(component.about)"))
        for field in component.fields { #expect(text.contains(field.name)) }
        for name in component.otherNames { #expect(text.contains(name)) }
      }
    }
  }

  @Test("a kind may be written in the plural, and a slip is answered with what was meant")
  func kinds() throws {
    #expect(try ComponentKind.find("losses").name == "loss")
    #expect(try ComponentKind.find("loss").name == "loss")
    let failure = #expect(throws: Failure.self) { try ComponentKind.find("solvr") }
    #expect(failure?.message?.contains("did you mean 'solver'?") == true)
  }
}
