@testable import Experiments
import Testing

@Suite struct PythonExampleTests {
  private func facts(
    channels: Int = 3, order: String? = "RGB", samples: String = "uint8",
    size: Preprocessing.SizeRule, decoding: Preprocessing.Output.Decoding = .argmax,
    classes: Int = 2
  ) -> Preprocessing {
    Preprocessing(
      model: "model.onnx",
      input: .init(
        name: "image", axes: "NCHW", channels: channels, channelOrder: order, samples: samples,
        black: Array(repeating: 0, count: channels), white: Array(repeating: 255, count: channels)),
      normalization: .init(isInModel: true, formula: "", mean: [], std: [], clip: nil),
      size: size, output: .init(name: "", axes: "", activation: .softmax, decoding: decoding),
      classes: Array(repeating: "a", count: classes), source: [:])
  }

  private func size(
    _ how: Preprocessing.SizeRule.How, _ height: Int, _ width: Int, step: Int? = nil,
    interpolation: Preprocessing.SizeRule.Interpolation? = nil
  ) -> Preprocessing.SizeRule {
    .init(
      how: how, height: height, width: width, step: step, interpolation: interpolation,
      padding: how == .resize ? nil : "symmetric")
  }

  @Test("an image is padded to what the model takes, and not where it takes any size")
  func padding() {
    let multiple = PythonExample(facts(size: size(.pad, 64, 96, step: 8))).text
    #expect(multiple.contains("more = (0, 0), (0, -height % 8), (0, -width % 8)"))
    let above = PythonExample(facts(size: size(.pad, 33, 40, step: 32))).text
    #expect(above.contains("(0, max(33 - height, (33 - height) % 32))"))
    #expect(!PythonExample(facts(size: size(.pad, 33, 40, step: 1))).text.contains("np.pad"))
    let tiles = PythonExample(facts(size: size(.tiles, 64, 96))).text
    #expect(tiles.contains("(0, -height % 64)") && tiles.contains("range(0, image.shape[2], 96)"))
  }

  @Test("what Pillow does not read comes as an array, and is resized plane by plane")
  func arrays() {
    let resized = size(.resize, 48, 64, interpolation: .antialiased)
    for (channels, order, samples) in [
      (9, "RGB", "uint8"), (3, nil, "uint8"), (3, "RGB", "uint16"), (1, nil, "float32"),
    ] as [(Int, String?, String)] {
      let example = PythonExample(
        facts(channels: channels, order: order, samples: samples, size: resized))
      #expect(example.file == "photo.npy" && example.text.contains("np.load(\"photo.npy\")"))
      #expect(example.text.contains("for plane in image])"))
    }
    let photo = PythonExample(facts(size: resized))
    #expect(
      photo.file == "photo.png" && photo.text.contains("photo.resize((64, 48), Image.BILINEAR)"))
    let openCV = PythonExample(facts(size: size(.resize, 48, 64, interpolation: .bilinear)))
    #expect(openCV.packages.contains("opencv") && openCV.text.contains("cv2.resize("))
  }

  @Test("masks hold ids of as many bits as classes need, or one plane for each class")
  func decoding() {
    let pad = size(.pad, 64, 96, step: 8)
    #expect(PythonExample(facts(size: pad, classes: 256)).text.contains("np.uint8)"))
    #expect(PythonExample(facts(size: pad, classes: 257)).text.contains("np.uint16)"))
    #expect(
      PythonExample(facts(size: pad, decoding: .threshold)).text
        .contains("np.uint8(plane > 0.5) * 255"))
  }
}
