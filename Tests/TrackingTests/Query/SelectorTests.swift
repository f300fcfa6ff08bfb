import Testing

@testable import Tracking

struct SelectorTests {
  @Test(
    "every form of the grammar is read, and written the same",
    arguments: [
      ("camvid-losses", Selector.name("camvid-losses")), ("9f8e", .name("9f8e")),
      ("camvid/3", .member("3", of: "camvid")), ("camvid/9f8e", .member("9f8e", of: "camvid")),
      ("a/b/9f8e", .member("9f8e", of: "a/b")), ("@last", .last),
      ("@best:camvid", .best(experiment: "camvid")), ("tag:small", .tag("small")),
      ("name:wide", .ownName("wide")), ("camvid/wide", .member("wide", of: "camvid")),
      ("camvid/3-7", .trials([3...7], of: "camvid")), ("cam*", .pattern("cam*")),
      ("camvid/1,3-4", .trials([1...1, 3...4], of: "camvid")),
      ("camvid/run-2", .member("run-2", of: "camvid")),
    ])
  func forms(text: String, selector: Selector) throws {
    #expect(try Selector(text) == selector)
    #expect(selector.description == text)
  }

  @Test(
    "what follows no form is refused with the remedy",
    arguments: [
      ("", "'' selects no run: it is empty; name an experiment, a trial or a run"),
      ("@best", "'@best' selects no run: say of which experiment, as in @best:camvid"),
      ("@best:", "'@best:' selects no run: say of which experiment, as in @best:camvid"),
      ("@first", "'@first' selects no run: there is only @last and @best:experiment"),
      ("tag:", "'tag:' selects no run: name a tag, as in tag:baseline"),
      (
        "camvid/",
        "'camvid/' selects no run: expected an experiment with trial numbers, a name or at least 4 "
          + "digits of an id, as in camvid/3, camvid/3-7,9 or camvid/9f8e"
      ),
      (
        "/3",
        "'/3' selects no run: expected an experiment with trial numbers, a name or at least 4 digits "
          + "of an id, as in camvid/3, camvid/3-7,9 or camvid/9f8e"
      ),
    ])
  func malformed(text: String, message: String) {
    let error = #expect(throws: SelectorError.self) { try Selector(text) }
    #expect(error?.description == message)
    #expect(error?.isNothingMatched == false)
  }
}
