import Testing

@testable import Experiments

struct FactListTests {
  private let plain = Style(isOn: false)

  @Test("facts line up, and the lines of a long one too")
  func facts() {
    var facts = FactList()
    facts.add("status", "finished")
    facts.add("cause", "one\ntwo")
    #expect(facts.text(style: plain, width: nil) == "status  finished\ncause   one\n        two")
  }

  @Test("lines end between words where the terminal ends")
  func wrapped() {
    var facts = FactList()
    facts.add("cause", "the loss is not finite")
    #expect(facts.text(style: plain, width: 20) == "cause  the loss is\n       not finite")
  }

  @Test("names that take half of the terminal stand above what is said of them")
  func narrow() {
    var facts = FactList()
    facts.add("losses.cross_entropy.class_weights", "median_frequency")
    #expect(
      facts.text(style: plain, width: 40)
        == "losses.cross_entropy.class_weights\n  median_frequency")
  }
}
