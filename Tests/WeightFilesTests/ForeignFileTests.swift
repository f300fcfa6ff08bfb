import Foundation
import Testing

@testable import WeightFiles

@Suite("Files that are no weights")
struct ForeignFileTests {
  @Test(
    "what people take for weights is named, with what to do",
    arguments: [
      ("", "it is empty: fetch it again"),
      ("version https://git-lfs.github.com/spec/v1\noid sha256:00", "git lfs pull"),
      ("\n<!DOCTYPE html><html>", "a web page"), ("<HTML><body>404", "a web page"),
      ("<?xml version='1.0'?><Error>", "an XML document"), ("{\"a\": 1}", "a JSON document"),
      ("name: \"net\"\nlayer {", "the text of a Caffe network"),
      ("\u{1F}\u{8B}", "none of the formats"), ("GGUF", "a GGUF model"), ("BZh9", "bunzip2"),
      ("hello", "none of the formats"),
    ])
  func texts(text: String, words: String) {
    #expect(refusal(Array(text.utf8))?.contains(words) == true)
  }

  @Test("compressed files, arrays, pickles and ONNX models are named")
  func binaries() {
    #expect(refusal([0x1F, 0x8B, 8])?.contains("gunzip") == true)
    #expect(refusal([0x93] + Array("NUMPY".utf8))?.contains("a NumPy array") == true)
    #expect(refusal([0x80, 4, 0x95])?.contains("torch.save did not write") == true)
    #expect(
      refusal(Protobuf.integer(1, 8) + Protobuf.part(7, []))?.contains("an ONNX model") == true)
  }

  @Test("a file is known by its bytes and not by its name, and has the digest of its bytes")
  func names() throws {
    let path = NSTemporaryDirectory() + "\(UUID().uuidString).pth"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(Sample.safetensors).write(to: URL(fileURLWithPath: path))
    let file = try WeightFile.open(path)
    #expect(file.format == .safetensors)
    #expect(try file.values("a.weight") == [1, 2])
    #expect(file.digest == (try WeightFile(Sample.safetensors)).digest)
    #expect(file.digest.count == 64)
  }

  @Test("what cannot be opened is named with its path")
  func paths() {
    for (path, words) in [("/nowhere/x", "does not exist"), (NSTemporaryDirectory(), "not a file")]
    {
      let error = #expect(throws: WeightFileError.self) { try WeightFile.open(path) }
      #expect(error?.description.contains("'\(path)'") == true)
      #expect(error?.description.contains(words) == true)
    }
  }

  @Test("the tensor of another file is refused")
  func otherFiles() throws {
    let large = try WeightFile(Torch.archive(Sample.pickle, Sample.storages))
    #expect(throws: WeightFileError.self) {
      try WeightFile(Sample.oldCaffe).values(of: large.tensors[0])
    }
  }
}
