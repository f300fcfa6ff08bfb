import Testing

@testable import Tracking

struct RunFilterTests {
  private static func spec(_ rate: Double, _ template: String, tags: String) -> String {
    """
    {"solver":{"base_lr":\(rate)},"template":{"name":"\(template)"},"tags":[\(tags)],
    "data":{"size":[64,32]},"losses":[{"dice":{"weight":1}}]}
    """
  }

  private let runs = [
    SampleRuns.run(
      1, spec: spec(1e-2, "unet", tags: "\"baseline\""), meanIoU: [0.2, 0.7, 0.6],
      begun: "2026-03-01T00:00:00Z"),
    SampleRuns.run(
      2, spec: spec(1e-3, "enet", tags: "\"try\",\"baseline\""), meanIoU: [0.1, 0.5, 0.55],
      begun: "2026-03-02T00:00:00Z"),
    SampleRuns.run(
      3, spec: spec(1e-4, "unet", tags: ""), status: .failed(cause: "diverged"),
      meanIoU: [0.3, .nan]),
    SampleRuns.run(4, spec: spec(1e-5, "unet", tags: ""), status: .waiting),
  ]

  private func numbers(_ text: String) throws -> [Int] {
    try RunFilter(text).select(from: runs).map(\.number)
  }

  @Test(
    "a filter leaves the runs that it holds for",
    arguments: [
      ("max(mean_iou) > 0.6", [1]), ("max(mean_iou) >= 0.55", [1, 2]), ("mean_iou < 0.55", [3]),
      ("max(mean_iou) <= 0.3", [3]), ("max(mean_iou) != 0.7", [2, 3]),
      ("solver.base_lr in [1e-4, 1e-2]", [1, 3]), ("base_lr in 1e-4..1e-2", [1, 2, 3]),
      ("base_lr in 1e-3..", [1, 2]), ("base_lr in ..1e-4 and status != waiting", [3]),
      ("base_lr not in [0.01]", [2, 3, 4]),
      ("template.name == unet", [1, 3, 4]), ("template == 'unet'", [1, 3, 4]),
      ("tag == baseline", [1, 2]), ("tags in [try, other]", [2]), ("tag != baseline", [3, 4]),
      ("data.size == [64, 32]", [1, 2, 3, 4]), ("data.size == 64", [1, 2, 3, 4]),
      ("losses == dice", [1, 2, 3, 4]), ("losses == [dice, dice]", []),
      ("status == failed or status == waiting", [3, 4]), ("status in [failed, waiting]", [3, 4]),
      ("not status == finished and max(mean_iou) is missing", [4]),
      ("cause is not missing", [3]), ("cause == diverged", [3]), ("cause ~ 'ver.ed'", [3]),
      ("experiment like ce*s", [1, 2, 3, 4]), ("experiment like cel", []),
      ("started >= 2026-03-02", [2]), ("last(mean_iou) < mean_iou @ best", [1]),
      ("last(mean_iou) > first(mean_iou)", [1, 2]), ("epochs == 3", [1, 2]),
      ("number == 1 or number == 2 and template == unet", [1]),
      ("(number == 1 or number == 2) and template == unet", [1]),
      ("number == 1 or (number == 2 and not template == unet)", [1, 2]),
    ])
  func matching(_ text: String, _ expected: [Int]) throws {
    #expect(try numbers(text) == expected)
  }

  @Test("a run without the value is in the answer neither of a comparison nor of its opposite")
  func missing() throws {
    #expect(try numbers("max(mean_iou) > 0.6") == [1])
    #expect(try numbers("not max(mean_iou) > 0.6") == [2, 3])
    #expect(try numbers("max(mean_iou) is missing") == [4])
    #expect(try numbers("max(mean_iou) > 0.6 or number == 4") == [1, 4])
    #expect(try numbers("not (max(mean_iou) > 0.6 and number == 9)") == [1, 2, 3, 4])
  }

  @Test(
    "what is wrong is told with its place and a remedy",
    arguments: [
      ("max(mean_ou) > 0.6", 5, "nothing is called 'mean_ou'", "did you mean"),
      ("template.name > 3", 17, "template.name is text, and 3 is a number", "text that looks"),
      ("base_lr == high", 12, "base_lr is a number, and 'high' is text", "to compare"),
      ("status == finshed", 11, "there is no status 'finshed'", "did you mean 'finished'?"),
      ("base_lr = 3", 9, "'=' means nothing here", "two values are equal with =="),
      ("base_lr", 8, "expected a comparison, but the text ends", "there is =="),
      ("0.6 < base_lr", 1, "a comparison begins with a value of a run", "write the number last"),
      ("base_lr in 3", 13, "expected values or a range, but the text ends", "write [1e-4"),
      ("(base_lr > 3", 13, "expected ')' after what is in parentheses, but the text ends", ""),
      ("tag > 3", 1, "tag is a list, which is not more or less than anything", "== asks"),
      ("base_lr > 3 base_lr", 13, "nothing is expected after this", ""),
      ("cause ~ '['", 9, "this is no regular expression", ""),
      ("base_lr ~ 3", 1, "base_lr is a number, and patterns are for text", ""),
      (
        "last(loss) > host @ last", 14, "'host' is no series: it has one value in a run",
        "write host"
      ),
      ("base_lr == [1, 2]", 12, "base_lr is no list", "one of several values is: in […]"),
    ])
  func errors(_ text: String, _ column: Int, _ message: String, _ remedy: String) throws {
    let error = #expect(throws: QueryError.self) { try numbers(text) }
    #expect(error?.column == column)
    #expect(error?.message == message)
    let shown = error?.remedy ?? ""
    #expect(shown.hasPrefix(remedy))
  }

  @Test("an error points at its place in the option")
  func excerpt() {
    let error = #expect(throws: QueryError.self) { try numbers("number == 1 and template > 3") }
    #expect(
      error?.description == """
        --where:28: template is text, and 3 is a number
          | number == 1 and template > 3
          |                            ^ text that looks like a number is written in quotes: '3'
        """)
  }

  @Test("no text makes the parser fail otherwise than with an error")
  func anyText() {
    let words = [
      "max", "(", "mean_iou", ")", "@", "best", ">", "0.5", "and", "not", "in", "[", "..", ",",
      "'a'", "is",
    ]
    var state: UInt64 = 1
    for _ in 0..<3000 {
      var text: [String] = []
      for _ in 0..<6 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(words[Int(state >> 33) % words.count])
      }
      _ = try? RunFilter(text.joined(separator: " ")).select(from: runs)
    }
  }
}
