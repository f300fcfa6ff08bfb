/// Files that people take for weights: what was downloaded in their place, and formats of others.
enum ForeignFile {
  /// What such a file is; `nil` for all others.
  static func refusal(_ contents: FileContents) -> Refusal? {
    guard contents.count > 0 else {
      return Refusal("it is empty", remedy: "fetch it again")
    }
    let start = ByteReader(contents)
    if let known = signatures.first(where: { start.starts(with: $0.bytes) }) {
      return Refusal("it is \(known.name)", remedy: known.remedy)
    }
    let text = beginning(of: contents)
    if let known = texts.first(where: { text.hasPrefix($0.beginning) }) {
      return Refusal("it is \(known.name)", remedy: known.remedy)
    }
    return isONNX(contents)
      ? Refusal("it is an ONNX model", remedy: "export the weights as safetensors") : nil
  }

  private static let signatures: [(bytes: [UInt8], name: String, remedy: String)] = [
    ([0x1F, 0x8B], "compressed with gzip", "unpack it with gunzip"),
    ([0x42, 0x5A, 0x68], "compressed with bzip2", "unpack it with bunzip2"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed with xz", "unpack it with unxz"),
    ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd", "unpack it with unzstd"),
    ([0x50, 0x4B, 0x05, 0x06], "an empty zip archive", "fetch it again"),
    ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "a NumPy array", "save the weights as safetensors"),
    (Array("GGUF".utf8), "a GGUF model", "take the weights as safetensors"),
    ([0x80, 0x02], pickle, savingAgain), ([0x80, 0x03], pickle, savingAgain),
    ([0x80, 0x04], pickle, savingAgain), ([0x80, 0x05], pickle, savingAgain),
  ]
  private static let pickle = "a pickle that torch.save did not write, which is code"
  private static let savingAgain = "save the weights with torch.save(model.state_dict(), …)"

  private static let texts: [(beginning: String, name: String, remedy: String)] = [
    (
      "version https://git-lfs", "a pointer of Git LFS, not the file itself",
      "fetch the file with git lfs pull"
    ),
    ("<!doctype html", webPage, webPageRemedy), ("<html", webPage, webPageRemedy),
    ("<?xml", "an XML document, perhaps a server's answer", webPageRemedy),
    ("{", "a JSON document", "name the file of weights beside it"),
    ("name:", prototxt, prototxtRemedy), ("layer {", prototxt, prototxtRemedy),
    ("layers {", prototxt, prototxtRemedy), ("input:", prototxt, prototxtRemedy),
  ]
  private static let webPage = "a web page"
  private static let webPageRemedy =
    "fetch the file itself, with the address that its page links to"
  private static let prototxt = "the text of a Caffe network"
  private static let prototxtRemedy = "name the .caffemodel, which has its weights"

  /// The first letters, small, without the white space before them.
  private static func beginning(of contents: FileContents) -> String {
    let bytes = contents.bytes.prefix(256).drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return String(decoding: bytes.prefix(64), as: UTF8.self).lowercased()
  }

  /// Whether it is a message whose first field is a version and whose seventh is a graph.
  private static func isONNX(_ contents: FileContents) -> Bool {
    var fields = ProtobufReader(ByteReader(contents))
    guard case (1, .integer)? = (try? fields.next()).flatMap({ $0 }).map({ ($0.number, $0.value) })
    else { return false }
    while let field = try? fields.next() {
      if case (7, .part) = (field.number, field.value) { return true }
    }
    return false
  }
}
