@testable import Experiments
import Testing

@Suite struct DeepDetectTests {
  private func spec(_ text: String) -> String {
    DeepDetectSpec(DeepDetectText(text).settings).text(origin: "a test")
  }

  private static let body = """
    {"service": "city", "parameters": {
      "mllib": {"template": "pspnet_vgg16", "nclasses": 3, "mirror": true, "loss": "dice_weighted", "gpu": true,
        "noise": {"all_effects": true, "prob": 0.001}, "solver": {"iterations": 75000, "test_interval": 1000,
        "snapshot": 1500, "base_lr": 0.001, "solver_type": "AMSGRAD"}, "net": {"batch_size": 6, "test_batch_size": 1}},
      "input": {"height": 360, "width": 480}, "output": {"measure": ["acc", "cliou", "rmse"]}},
     "data": ["/d/train.txt", "/d/test.txt"]}
    """

  @Test("every setting becomes the key of a spec, or a comment")
  func settings() {
    let text = spec(Self.body)
    for line in [
      "experiment: city", "  train: \"/d/train.txt\"", "  validation: \"/d/test.txt\"",
      "  size: [360, 480]",
      "template: pspnet_vgg16", "losses: [{dice_weighted: {mvn: true}}]",
      "solver: {type: AMSGRAD, base_lr: 0.001}", "  - mirror", "  - noise: {probability: 0.001}",
      "training: {iterations: 75000, batch_size: 6}", "checkpoints: {every: 2000 iterations}",
      "evaluation: {every: 1000 iterations, batch_size: 1, metrics: [acc, meaniou]}",
      "  classes: [class_0, class_1, class_2]",
    ] {
      #expect(text.contains("\n\(line)"), "\(line)\n\(text)")
    }
    #expect(text.contains("# - gpu: true (line 2): training is on the processor"))
    #expect(text.contains("# - measure rmse says nothing of masks"))
  }

  @Test("JSON, curl in either kind of quotes, Python, a widget and a notebook say the same")
  func forms() throws {
    func keys(_ text: String) -> [Substring] {
      spec(text).split(separator: "\n").filter { !$0.hasPrefix("#") }
    }
    let json =
      #"{"service": "s", "data": ["t.txt"], "parameters": {"mllib": {"nclasses": 2, "template": "unet", "#
      + #""solver": {"base_lr": 0.01, "iterations": 9}, "net": {"batch_size": 2}}, "input": {"height": 32, "width": 64}}}"#
    let expected = keys(json)
    #expect(expected.contains("template: unet"))
    #expect(keys("curl -X POST 'http://h:1/train' -d '\(json)'") == expected)
    let escaped = json.replacing("\"", with: "\\\"")
    #expect(keys("curl -X POST \"http://h:1/train\" -d \"\(escaped)\"") == expected)
    let python = """
      # what is trained
      mllib = {'nclasses': 2, 'template': 'unet'}
      dd.put_service('s', model, '', 'caffe', {'height': 32, 'width': 64}, mllib, {})
      mllib = {'solver': {'base_lr': 1e-2, 'iterations': 9}, 'net': {'batch_size': 2},}
      dd.post_train('s', ['t.txt'], {}, mllib, {}, jasync=False)
      """
    #expect(keys(python) == expected)
    let widget = """
      seg = Segmentation(
        's', training_repo='t.txt', nclasses=2, template='unet', base_lr=.01, iterations=9,
        batch_size=2, img_height=32, img_width=64)
      """
    #expect(keys(widget) == expected)
    let lines = widget.replacing("\n", with: "\\n")
    #expect(
      keys(#"{"cells": [{"cell_type": "code", "source": ["\#(lines)"]}]}"#) == expected)
  }

  @Test(
    "means and scales become those of values in 0…1",
    arguments: [
      (
        "'mean': [104, 117, 123]",
        "{mean: [0.40784314, 0.45882353, 0.48235294], std: [0.00392157, 0.00392157, 0.00392157]}"
      ),
      (
        "'mean': 128, 'scale': 0.00390625",
        "{mean: [0.50196078, 0.50196078, 0.50196078], std: [1.00392157, 1.00392157, 1.00392157]}"
      ),
      (
        "'scale': 1.0 / 255, 'mean': [0.5, 0.5, 0.5], 'std': [0.25, 0.25, 0.25]",
        "{mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25]}"
      ),
      ("'bw': True, 'scale': 1.0 / 255", "{mean: [0], std: [1]}"),
      ("'height': 1", "dataset"),
    ])
  func normalization(_ settings: String, _ expected: String) {
    let text = spec("parameters_input = {'connector': 'image', \(settings)}")
    #expect(text.contains("\n  normalize: \(expected)"), "\(text)")
  }

  @Test(
    "policies become schedules",
    arguments: [
      ("'lr_policy': 'fixed'", ""),
      (
        "'lr_policy': 'step', 'stepsize': 100, 'gamma': 0.5",
        ", schedule: {step: {stepsize: 100, gamma: 0.5}}"
      ),
      (
        "'lr_policy': 'multistep', 'stepvalue': [10, 20]",
        ", schedule: {multistep: {stepvalue: [10, 20]}}"
      ),
      ("'lr_policy': 'poly'", ", schedule: poly"),
      (
        "'lr_policy': 'poly', 'power': 2, 'warmup_iter': 50",
        ", schedule: {poly: {power: 2}, warmup: {over: 50}}"
      ),
      (
        "'warmup_iter': 50, 'warmup_lr': 0.001",
        ", schedule: {fixed: {}, warmup: {over: 50, start_factor: 0.1}}"
      ),
      ("'iter_size': 4, 'weight_decay': 0.0005", ", weight_decay: 0.0005, iter_size: 4"),
    ])
  func schedules(_ settings: String, _ expected: String) throws {
    let text = spec("mllib = {'solver': {'base_lr': 0.01, 'solver_type': 'SGD', \(settings)}}")
    #expect(text.contains("\nsolver: {type: SGD, base_lr: 0.01\(expected)}\n"), "\(text)")
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("solver:") })
    let small = SourceText(
      name: "x.yaml",
      text: """
        experiment: x
        data: {train: a.txt, validation: b.txt, classes: [a, b], size: [32, 32]}
        template: unet
        losses: cross_entropy
        training: {iterations: 100}
        \(line)
        """)
    #expect(throws: Never.self) { try ExperimentSpec.load(small, folder: "/").plan() }
  }

  @Test("what the file does not say is named, not guessed")
  func unknown() {
    let text = spec(
      "mllib = {'template': 'no_net', 'solver': {'base_lr': rate, 'solver_type': 'X'}}")
    #expect(text.contains("there is no template no_net: unet stands in its place"))
    #expect(text.contains("there is no solver X"))
    #expect(text.contains("# - solver.base_lr: rate (line 1): the file does not say what it is"))
  }

  @Test("variables that hold each other many times over do not grow beyond memory")
  func nestedVariables() {
    var text = "a = [a, a]\nb = a\nx0 = [1, 1]\n"
    for index in 1..<64 { text += "x\(index) = [x\(index - 1), x\(index - 1)]\n" }
    #expect(DeepDetectText(text + "dd.post_train('s', x63)\n").unread.isEmpty)
  }

  @Test(
    "what is nested or quoted without an end is not read again from each of its places",
    arguments: ["a=[", "\\\"", "post_train(", "x = {'a': ["])
  func nestedWithoutEnd(part: String) throws {
    let call = "dd.post_train('s', [], {}, {'nclasses': 3})\n"
    let text = call + "\"" + String(repeating: part, count: 20_000 / part.utf8.count)
    let read = DeepDetectText(text)
    let first = try #require(read.unread.first)
    #expect(first.message.hasPrefix("the rest is not read") && first.line == 2, "\(first)")
    #expect(
      read.unread.count <= 101 && read.settings.left.map(\.path).last == "parameters.mllib.nclasses"
    )
  }

  @Test("expressions that hold each other are not kept whole each")
  func nestedExpressions() {
    let deep = String(repeating: "[", count: 60) + "1" + String(repeating: "] y", count: 60)
    let text = "mllib = {'nclasses': \(deep)\(String(repeating: " y", count: 2000))}\n"
    guard case .expression(let shown)? = DeepDetectText(text).settings.left.first?.value else {
      Issue.record("it is no expression")
      return
    }
    #expect(shown.hasSuffix("…") && shown.utf8.count <= 256 + 3)
  }

  @Test("texts of strangers end in settings, or in what could not be read")
  func strangers() {
    let deep = String(repeating: "{\"parameters\": ", count: 5000)
    #expect(DeepDetectText(deep).settings.isEmpty)
    #expect(!DeepDetectText(deep).unread.isEmpty)
    for text in [
      "", "{", "put_service(", "a = ", "'", "{\"a\": }", "post_train('x', {'a': [1, 2)", "\\\"",
      "{'a' 1}",
    ] {
      #expect(DeepDetectText(text).settings.isEmpty)
    }
    let bytes = Array(Self.body.utf8)
    for place in stride(from: 0, to: bytes.count, by: 3) {
      var changed = bytes
      changed[place] = UInt8(truncatingIfNeeded: Int(changed[place]) + 37 * place)
      _ = spec(String(decoding: changed, as: UTF8.self))
      _ = spec(String(decoding: bytes[..<place], as: UTF8.self))
    }
  }
}
