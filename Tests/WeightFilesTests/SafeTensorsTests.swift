import Testing

@testable import WeightFiles

@Suite("safetensors")
struct SafeTensorsTests {
  private func file(_ header: String, bytes: Int = 8) -> [UInt8] {
    SafeTensors.file(header, [UInt8](repeating: 0, count: bytes))
  }

  @Test("tensors are read in the header's order, with metadata beside them")
  func reading() throws {
    let bytes = SafeTensors.file(
      #"{"__metadata__":{"format":"pt"},"#
        + SafeTensors.entry(#"b\u00e9\ud83d\ude00\n"#, "F32", [1], 4, 8) + ", "
        + SafeTensors.entry("a", "I32", [], 0, 4) + ","
        + SafeTensors.entry("empty", "F64", [0, 3], 4, 4) + "}",
      [255, 255, 255, 255] + Bytes.of([2.5] as [Float]))
    let file = try WeightFile(bytes)
    #expect(file.format == .safetensors)
    #expect(file.names == ["bé😀\n", "a", "empty"])
    #expect(try file.values("a") == [-1])
    #expect(try file.values("bé😀\n") == [2.5])
    #expect(try file.values("empty") == [])
  }

  @Test("the roles of a layer's tensors follow from one another")
  func roles() throws {
    let file = try WeightFile(Sample.safetensors)
    #expect(file.layers == ["a", "a"])
    #expect(file.roles == [.weight, .bias])
    #expect(try file.values("a.bias") == [1, -2])
  }

  @Test(
    "a header that breaks the format's rules is refused",
    arguments: [
      (SafeTensors.entry("a", "F32", [1], 4, 8), "a hole"),
      (
        SafeTensors.entry("a", "F32", [2], 0, 8) + "," + SafeTensors.entry("b", "F32", [1], 4, 8),
        "an overlap"
      ),
      (SafeTensors.entry("a", "F32", [1], 0, 4), "4 bytes behind"),
      (SafeTensors.entry("a", "F32", [3], 0, 12), "ends early"),
      (SafeTensors.entry("a", "F32", [3], 0, 8), "shape [3]"),
      (SafeTensors.entry("a", "F8_E4M3", [8], 0, 8), "save it as F32"),
      (
        SafeTensors.entry("a", "F32", [1], 0, 4) + "," + SafeTensors.entry("a", "F32", [1], 4, 8),
        "are called 'a'"
      ),
      (#""__metadata__":{"step":3}"#, "lacks a '\"'"),
      (#""a":{"dtype":"F32","shape":[2]}"#, "lacks its dtype"),
      (#""a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}"#, "integer of 0 or more"),
      (#""a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}"#, "memory"),
      (#""a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}"#, "repeated"),
      (#""\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#, "wrong escape"),
    ])
  func refusals(entries: String, words: String) {
    #expect(refusal(file("{\(entries)}"))?.contains(words) == true)
  }

  @Test(
    "a header whose length looks like another format's signature is read",
    arguments: [0x0280, 0x8B1F, 0x0480])
  func lengths(length: Int) throws {
    let header = "{" + SafeTensors.entry("a", "F32", [1], 0, 4) + "}"
    let padding = String(repeating: " ", count: length - header.utf8.count)
    #expect(try WeightFile(file(header + padding, bytes: 4)).names == ["a"])
  }

  @Test("a header that begins with space, ends early or claims too much is refused")
  func headers() {
    #expect(refusal(file(" {}"))?.contains("begin with '{'") == true)
    #expect(refusal(file("{} x"))?.contains("more than an object") == true)
    #expect(refusal(file("{}"))?.contains("8 bytes behind") == true)
    #expect(refusal([0, 0xE1, 0xF5, 5, 1, 0, 0, 0, 0x7B, 0x7D])?.contains("allows") == true)
  }
}
