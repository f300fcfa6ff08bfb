import Testing

/// Training calls of DeepDetect, on the built program.
@Suite struct DeepDetectCallTests {
  private let call = """
    {"service": "cells", "parameters": {"mllib": {"template": "unet", "nclasses": 2, "solver":
      {"iterations": 4, "test_interval": 4, "base_lr": 0.01, "solver_type": "ADAM"}, "net": {"batch_size": 2}},
      "input": {"height": 32, "width": 32}}, "data": ["data/train.txt", "data/val.txt"]}
    """

  @Test("a call becomes a spec that passes a check where its data lies")
  func becomesSpec() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.write(call, to: "call.json")
    let made = try workplace.run("deepdetect", "call.json")
    #expect(made.status == 0 && made.output.contains("cells.yaml"), "\(made)")
    let check = try workplace.run("check", "cells.yaml")
    #expect(check.status == 0, "\(check)")
    let again = try workplace.run("deepdetect", "call.json")
    #expect(again.status == 64 && again.errors.contains("is there already"), "\(again)")
  }

  @Test("what is no call is refused with what would be one, and nothing is written")
  func refusals() throws {
    let workplace = try Workplace()
    try workplace.write("{\"a\": [1, 2", to: "call.json")
    let broken = try workplace.run("deepdetect", "call.json", "-o", "x.yaml")
    #expect(broken.status == 65 && broken.errors.contains("call.json:1:"), "\(broken)")
    #expect(broken.errors.contains("PUT /services"), "\(broken)")
    let none = try workplace.run("deepdetect", "nothing.json")
    #expect(none.status == 65 && none.errors.contains("there is no such file"), "\(none)")
    #expect(!workplace.exists("x.yaml"))
  }
}
