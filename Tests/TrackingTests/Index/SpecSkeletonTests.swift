import Testing

@testable import Tracking

struct SpecSkeletonTests {
  @Test(
    "a text is put together as it was, whatever it is",
    arguments: [
      #"{"a":1,"b":{"c":"d: \"e\"","f":[1e-3,true,null,"g"]},"h":-0.5}"#, "", "{}", "no JSON",
      #"{"a":"never ends"#, #"{"a\"#, "{\"a\": \"\u{1}\"}", #"{"ü":"é", "x" : 1}"#, "[[[", "\"",
    ])
  func whole(text: String) {
    let skeleton = SpecSkeleton(of: text)
    #expect(SpecSkeleton.text(skeleton.text, skeleton.values) == text)
  }

  @Test("specs that differ in values alone share a skeleton, others do not")
  func shared() {
    let specs = [#"{"a":1,"b":["x"]}"#, #"{"a":2.5,"b":["y"]}"#].map { SpecSkeleton(of: $0) }
    #expect(specs[0].text == specs[1].text)
    #expect(specs[0].values == ["1", "\"x\""])
    #expect(SpecSkeleton(of: #"{"a":1,"c":["x"]}"#).text != specs[0].text)
  }

  @Test("values that are too few or too many make no text")
  func count() {
    let skeleton = SpecSkeleton(of: #"{"a":1,"b":2}"#).text
    #expect(SpecSkeleton.text(skeleton, ["1"]) == nil)
    #expect(SpecSkeleton.text(skeleton, ["1", "2", "3"]) == nil)
  }
}
