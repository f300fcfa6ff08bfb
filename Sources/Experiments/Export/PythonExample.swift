/// A few lines of Python that run an exported model on an image. NumPy, Pillow and ONNX Runtime are all that
/// they need, and OpenCV where training resized images as OpenCV does.
struct PythonExample {
  private let facts: Preprocessing

  init(_ facts: Preprocessing) { self.facts = facts }

  var text: String {
    (imports + reading + resizing + padding + running + decoding)
      .joined(separator: "\n")
  }

  /// The packages that `pip` installs.
  var packages: String {
    (["onnxruntime", "numpy", "pillow"] + (usesOpenCV ? ["opencv-python-headless"] : []))
      .joined(separator: " ")
  }

  /// The file that the lines read.
  var file: String { isArray ? "photo.npy" : "photo.png" }

  private var size: Preprocessing.SizeRule { facts.size }

  /// Images that Pillow cannot read: of several at a time, of real numbers, of 16-bit colours.
  private var isArray: Bool {
    let channels = facts.input.channels
    return switch facts.input.samples {
    case "uint8", nil:
      ![1, 3].contains(channels) || (channels == 3 && facts.input.channelOrder == nil)
    case "uint16": channels != 1
    default: true
    }
  }

  private var usesOpenCV: Bool { size.how == .resize && size.interpolation == .bilinear }

  // MARK: - Parts

  private var imports: [String] {
    (usesOpenCV ? ["import cv2"] : [])
      + ["import numpy as np", "import onnxruntime", "from PIL import Image", ""]
      + ["session = onnxruntime.InferenceSession(\"\(facts.model)\")"]
  }

  private var reading: [String] {
    guard !isArray else {
      return ["image = np.load(\"\(file)\").astype(np.float32)    # C × H × W"] + extent
    }
    let isWide = facts.input.samples == "uint16"
    let opened = "Image.open(\"\(file)\")"
    let photo =
      isWide
      ? "Image.fromarray(np.asarray(\(opened), np.float32))"
      : "\(opened).convert(\"\(facts.input.channels == 3 ? "RGB" : "L")\")"
    return ["photo = \(photo)"] + planes
  }

  private var planes: [String] {
    let extents = "(\(size.width), \(size.height))"
    let shown =
      size.how != .resize
      ? "photo"
      : usesOpenCV
        ? "cv2.resize(np.asarray(photo), \(extents))" : "photo.resize(\(extents), Image.BILINEAR)"
    let order = facts.input.channels == 3 ? ".transpose(2, 0, 1)" : "[None]"
    return ["image = np.asarray(\(shown), np.float32)\(order)    # C × H × W"]
      + (size.how == .resize ? ["height, width = photo.height, photo.width"] : extent)
  }

  private var extent: [String] { ["height, width = image.shape[1:]"] }

  private var resizing: [String] {
    guard size.how == .resize, isArray else { return [] }
    let resized =
      usesOpenCV
      ? "cv2.resize(plane, (\(size.width), \(size.height)))"
      : "np.asarray(Image.fromarray(plane).resize((\(size.width), \(size.height)), Image.BILINEAR))"
    return ["image = np.stack([\(resized) for plane in image])"]
  }

  private var padding: [String] {
    guard size.how != .resize, size.step != 1 else { return [] }
    func rest(_ extent: String, _ trained: Int) -> String {
      guard let step = size.step else { return "-\(extent) % \(trained)" }
      return size.isMultiple
        ? "-\(extent) % \(step)"
        : "max(\(trained) - \(extent), (\(trained) - \(extent)) % \(step))"
    }
    return [
      "more = (0, 0), (0, \(rest("height", size.height))), (0, \(rest("width", size.width)))",
      "image = np.pad(image, more, \"symmetric\")",
    ]
  }

  private var running: [String] {
    func run(_ image: String) -> String {
      "session.run(None, {\"\(facts.input.name)\": \(image)})[0][0]"
    }
    switch size.how {
    case .pad:
      return ["probabilities = \(run("image[None]"))[:, :height, :width]    # K × H × W"]
    case .tiles:
      let (h, w) = (size.height, size.width)
      return [
        "probabilities = np.concatenate([np.concatenate([",
        "    \(run("image[None, :, y:y + \(h), x:x + \(w)]"))",
        "    for x in range(0, image.shape[2], \(w))], 2)",
        "    for y in range(0, image.shape[1], \(h))], 1)[:, :height, :width]    # K × H × W",
      ]
    case .resize:
      return [
        "probabilities = \(run("image[None]"))",
        "probabilities = np.stack([np.asarray(Image.fromarray(plane).resize((width, height), "
          + "Image.BILINEAR))",
        "                          for plane in probabilities])    # K × H × W",
      ]
    }
  }

  private var decoding: [String] {
    guard facts.output.decoding == .argmax else {
      return [
        "for number, plane in enumerate(probabilities):",
        "    Image.fromarray(np.uint8(plane > 0.5) * 255).save(f\"mask.{number}.png\")",
      ]
    }
    let type = facts.classes.count > 256 ? "uint16" : "uint8"
    return [
      "Image.fromarray(probabilities.argmax(0).astype(np.\(type))).save(\"mask.png\")"
    ]
  }
}
