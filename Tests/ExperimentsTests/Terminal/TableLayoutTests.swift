import Testing

@testable import Experiments

struct TableLayoutTests {
  private let plain = Style(isOn: false)

  @Test("columns are as wide as their widest cell, numbers to the right")
  func alignment() {
    var table = TableLayout([("trial", .right), ("loss", .left), ("mean IoU", .right)])
    table.add(["1", "cross_entropy", "0.61"])
    table.add(["12", "dice", "0.5"])
    #expect(
      table.text(style: plain) == """
        trial  loss           mean IoU
            1  cross_entropy      0.61
           12  dice                0.5
        """)
  }

  @Test("a column without a cell is left out, and no line ends in spaces")
  func emptyColumns() {
    var table = TableLayout([("id", .left), ("cause", .left), ("note", .left)])
    table.add(["a", "", "x"])
    table.add(["b", "", ""])
    #expect(table.text(style: plain) == "id  note\na   x\nb")
  }

  @Test("facts line up, and the lines of a long one too")
  func facts() {
    var facts = FactList()
    facts.add("status", "finished")
    facts.add("cause", "one\ntwo")
    #expect(facts.text(style: plain) == "status  finished\ncause   one\n        two")
  }
}
