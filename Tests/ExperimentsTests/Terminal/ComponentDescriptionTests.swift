import Testing

@testable import Experiments

struct ComponentDescriptionTests {
  @Test("every component of every kind can be described, with all its fields")
  func complete() throws {
    for kind in ComponentKind.all {
      for component in kind.components {
        let text = ComponentDescription(component, of: kind).text(style: Style(isOn: false))
        #expect(text.hasPrefix("\(component.name): \(component.about)"))
        for field in component.fields { #expect(text.contains(field.name)) }
        for name in component.otherNames { #expect(text.contains(name)) }
      }
    }
  }

  @Test("what is unusual about a definition is said where a component is described")
  func definitions() throws {
    func text(_ kind: String, _ name: String) throws -> String {
      let kind = try ComponentKind.find(kind)
      return ComponentDescription(try kind.find(name), of: kind).text(style: Style(isOn: false))
    }
    #expect(try text("metric", "precision").contains("never predicted has 0 (0/0 counts as 0)"))
    #expect(try text("metric", "hausdorff_95").contains("costs the image's diagonal"))
    #expect(try text("loss", "dice").contains("taken of each image by itself"))
    #expect(try text("schedule", "step").contains("warmup multiplies its rates"))
    #expect(try text("solver", "LAMB").contains("is not clipped"))
  }

  @Test("a kind may be written in the plural, and a slip is answered with what was meant")
  func kinds() throws {
    #expect(try ComponentKind.find("losses").name == "loss")
    #expect(try ComponentKind.find("loss").name == "loss")
    let failure = #expect(throws: Failure.self) { try ComponentKind.find("solvr") }
    #expect(failure?.message?.contains("did you mean 'solver'?") == true)
  }
}
