@testable import Experiments
import Foundation
import ModelFiles
import Testing
import WeightFiles

@Suite struct ExportTests {
  private func trained(_ spec: String = SmallSpecs.generated(epochs: 1)) throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write(spec, to: "spec.yaml")
    #expect(try workplace.run("run", "spec.yaml").status == 0)
    return workplace
  }

  private func model(_ workplace: Workplace, _ file: String) throws -> ONNXModel {
    try ONNXModel(workplace.data(file))
  }

  @Test("a run becomes a model of ONNX with its weights and what its users need")
  func onnx() throws {
    let workplace = try trained()
    let export = try workplace.run("export", "tiny/1", "--to", "onnx")
    #expect(export.status == 0, "\(export)")
    #expect(export.output.contains("image  N × 3 × H × W"))
    #expect(export.output.contains("logits  N × 3 × H × W"))
    #expect(export.output.contains("any multiple of 4"))
    let model = try model(workplace, "tiny-1.onnx")
    #expect(model.problems == [])
    let metadata = Dictionary(uniqueKeysWithValues: model.metadata.map { ($0.key, $0.value) })
    #expect(metadata["program"] == "experiments 0.1.0")
    #expect(metadata["trained_size"] == "[32,32]")
    #expect(metadata["size_step"] == "4")
    #expect(metadata["channel_order"] == "RGB")
    #expect(metadata["class_names"]?.hasPrefix("[\"") == true)
    #expect(metadata["experiment"] == "tiny" && metadata["checkpoint"] == "best")
  }

  @Test("--json tells what was written")
  func json() throws {
    struct Report: Decodable {
      var file: String
      var model: Model
      struct Model: Decodable { var sizeStep: Int, outputs: [Port] }
      struct Port: Decodable { var name: String }
    }
    let workplace = try trained()
    let export = try workplace.run(
      "export", "tiny/1", "--to", "onnx", "--output", "labels", "-o", "a b.onnx",
      "--checkpoint", "last", "--json")
    #expect(export.status == 0, "\(export)")
    let report = try JSONDecoder().decode(Report.self, from: Data(export.output.utf8))
    #expect(report.file == "a b.onnx" && report.model.sizeStep == 4)
    #expect(report.model.outputs.map(\.name) == ["labels"])
  }

  @Test("a run's weights become safetensors that the program itself reads")
  func safetensors() throws {
    let workplace = try trained()
    let export = try workplace.run("export", "tiny/1", "--to", "safetensors")
    #expect(export.status == 0, "\(export)")
    let shown = try workplace.run("weights", "tiny-1.safetensors", "spec.yaml", "--json")
    #expect(shown.status == 0)
    #expect(!shown.output.contains("missing") && !shown.output.contains("does not fit"))
    let file = try WeightFile.open(workplace.folder.appending(path: "tiny-1.safetensors").path)
    #expect(file.tensors.contains { $0.name == "encoder0.convolution0.weight" })
  }

  @Test("a run's weights become a file of Keras that the program itself takes, all of it")
  func keras() throws {
    let workplace = try trained()
    let export = try workplace.run("export", "tiny/1", "--to", "keras")
    #expect(export.status == 0, "\(export)")
    let shown = try workplace.run("weights", "tiny-1.keras.h5", "spec.yaml", "--json")
    #expect(shown.status == 0)
    #expect(!shown.output.contains("missing") && !shown.output.contains("does not fit"))
    let file = try WeightFile.open(workplace.folder.appending(path: "tiny-1.keras.h5").path)
    #expect(file.tensors.contains { $0.name == "encoder0.norm0/moving_variance:0" })
  }

  @Test("a run's checkpoint is copied as the record has it")
  func hdf5() throws {
    let workplace = try trained()
    let export = try workplace.run("export", "tiny/1", "--to", "hdf5", "-o", "weights.h5")
    #expect(export.status == 0, "\(export)")
    let recorded = workplace.files(below: "results").filter { $0.contains("/checkpoints/") }
    #expect(
      try recorded.map { try workplace.data("results/\($0)") }
        .contains(workplace.data("weights.h5")))
    // It is taken for weights like any other file.
    #expect(try workplace.run("weights", "weights.h5", "spec.yaml").status == 0)
  }

  @Test("a folder for deployment has the model, the classes, and what is done to images")
  func deployment() throws {
    struct Facts: Decodable {
      var input: Input, normalization: Normalization, size: Size, output: Output, classes: [String]
      struct Input: Decodable { var channels: Int, channelOrder: String, white: [Double] }
      struct Normalization: Decodable { var isInModel: Bool, mean: [Double], std: [Double] }
      struct Size: Decodable { var how: String, height: Int, width: Int, step: Int? }
      struct Output: Decodable { var name: String, decoding: String }
    }
    let workplace = try trained()
    let export = try workplace.run("export", "tiny/1", "--to", "deployment")
    #expect(export.status == 0, "\(export)")
    #expect(
      workplace.files(below: "tiny-1")
        == ["README.md", "classes.txt", "model.onnx", "preprocess.json"])
    #expect(workplace.files(below: ".").allSatisfy { !$0.hasPrefix(".tiny-1") })
    let model = try model(workplace, "tiny-1/model.onnx")
    #expect(model.problems == [] && model.graph.nodes[0].name == "normalize.subtract")
    #expect(model.graph.outputs.map(\.name) == ["probabilities"])
    let facts = try JSONDecoder().decode(Facts.self, from: workplace.data("tiny-1/preprocess.json"))
    #expect(facts.input.channels == 3 && facts.input.channelOrder == "RGB")
    #expect(facts.input.white == [255, 255, 255])
    #expect(facts.normalization.isInModel && facts.normalization.mean.count == 3)
    #expect(facts.size.how == "pad" && facts.size.step == 4)
    #expect(facts.size.height == 32 && facts.size.width == 32)
    #expect(facts.output.name == "probabilities" && facts.output.decoding == "argmax")
    #expect(
      try workplace.data("tiny-1/classes.txt")
        == Data(facts.classes.map { $0 + "\n" }.joined().utf8))
    let readme = String(decoding: try workplace.data("tiny-1/README.md"), as: UTF8.self)
    #expect(readme.contains("```python\nimport numpy as np\n") && readme.contains("mean IoU"))

    // It gives way to one of its kind alone, and only where that is asked for.
    #expect(try workplace.run("export", "tiny/1", "--to", "deployment").status == 64)
    #expect(try workplace.run("export", "tiny/1", "--to", "deployment", "--force").status == 0)
    try workplace.write("mine", to: "tiny-1/notes.txt")
    let refused = try workplace.run("export", "tiny/1", "--to", "deployment", "--force")
    #expect(refused.status == 64 && refused.errors.contains("other files"))
    #expect(workplace.exists("tiny-1/notes.txt"))
  }

  @Test(
    "a package for the BioImage Model Zoo has its tensors, and describes its files by their digests"
  )
  func bioimage() throws {
    let workplace = try trained()
    let export = try workplace.run("export", "tiny/1", "--to", "bioimage", "-o", "a.zip")
    #expect(export.status == 0, "\(export)")
    #expect(export.output.contains("test_output.npy") && export.output.contains("rdf.yaml"))
    let package = String(decoding: try workplace.data("a.zip"), as: UTF8.self)
    #expect(package.contains("type: model") && package.contains("'shape': (1, 3, 32, 32)"))
    // The same run is the same bytes.
    #expect(
      try workplace.run("export", "tiny/1", "--to", "bioimage", "-o", "b.zip").status == 0)
    #expect(try workplace.data("a.zip") == workplace.data("b.zip"))
    let missing = try workplace.run(
      "export", "tiny/1", "--to", "bioimage", "-o", "c.zip", "--image", "nowhere.png")
    #expect(missing.status == 65 && missing.errors.contains("nowhere.png"), "\(missing)")
    #expect(!workplace.exists("c.zip"))
  }

  @Test("all that was measured becomes a table, a line for each number")
  func metrics() throws {
    let workplace = try trained(SmallSpecs.generated(epochs: 2))
    let export = try workplace.run("export", "tiny/1", "--to", "csv")
    #expect(export.status == 0, "\(export)")
    #expect(export.output.contains("2 evaluations"))
    let lines = String(decoding: try workplace.data("tiny-1.csv"), as: UTF8.self)
      .components(separatedBy: "\r\n")
    #expect(lines[0].hasPrefix("run,step,epoch,attempt,series,") && lines[0].hasSuffix(",value"))
    #expect(lines.count { $0.contains(",validation.mean_iou,") } == 2)
    #expect(lines.count { $0.contains(",validation.confusion,") } == 2 * 9)
  }

  @Test("a file that is there stays as it is, unless --force is given")
  func overwriting() throws {
    let workplace = try trained()
    try workplace.write("mine", to: "tiny-1.onnx")
    let refused = try workplace.run("export", "tiny/1", "--to", "onnx")
    #expect(refused.status == 64 && refused.errors.contains("--force"))
    #expect(try workplace.data("tiny-1.onnx") == Data("mine".utf8))
    #expect(try workplace.run("export", "tiny/1", "--to", "onnx", "--force").status == 0)
    #expect(try model(workplace, "tiny-1.onnx").problems == [])
  }

  @Test("what cannot be exported is told with a remedy")
  func refusals() throws {
    let workplace = try trained()
    func errors(_ status: Int32, _ arguments: String...) throws -> String {
      let refused = try workplace.start(["export"] + arguments, environment: [:]).finish()
      #expect(refused.status == status, "\(refused)")
      return refused.errors
    }
    #expect(try errors(3, "tiny/9", "--to", "onnx").contains("no trial 9"))
    #expect(try errors(64, "tiny/1", "--to", "caffe").contains("caffe"))
    #expect(
      try errors(64, "tiny/1", "--to", "safetensors", "--normalize").contains("leave it out"))
    #expect(try errors(64, "tiny/1", "--to", "onnx", "--values", "unit").contains("--normalize"))
    #expect(try errors(64, "tiny/1", "--to", "onnx", "--size", "32").contains("--size 352 480"))
    #expect(
      try errors(65, "tiny/1", "--to", "onnx", "--size", "30", "32").contains("use 32×32"))
    #expect(
      try errors(65, "tiny/1", "--to", "safetensors", "--names", "torchvision")
        .contains("under its own names"))
    #expect(
      try errors(74, "tiny/1", "--to", "onnx", "-o", "nowhere/a.onnx").contains("nowhere/a.onnx"))
    #expect(workplace.files(below: ".").allSatisfy { !$0.hasSuffix(".onnx") })
  }

  @Test("a model normalizes images with the constants that the spec writes")
  func normalization() throws {
    let workplace = try trained(
      SmallSpecs.generated(epochs: 1).replacingOccurrences(
        of: "data:\n", with: "data:\n  normalize: imagenet\n"))
    #expect(try workplace.run("export", "tiny/1", "--to", "onnx", "--normalize").status == 0)
    let model = try model(workplace, "tiny-1.onnx")
    // What is subtracted when the data set's own was measured is in the record.
    let measured = try trained()
    #expect(try measured.run("export", "tiny/1", "--to", "onnx", "--normalize").status == 0)
    #expect(
      try self.model(measured, "tiny-1.onnx").graph.nodes[0].name == "normalize.subtract")
    let constants = model.graph.initializers.filter { $0.name.hasPrefix("normalize.") }
    #expect(constants.map(\.name) == ["normalize.mean", "normalize.std"])
    #expect(constants[0].values == .floats([0.485, 0.456, 0.406].map { Float($0 * 255) }))
    #expect(constants[1].values == .floats([0.229, 0.224, 0.225].map { Float($0 * 255) }))
  }
}
