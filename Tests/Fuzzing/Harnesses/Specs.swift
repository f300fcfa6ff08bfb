@testable import Experiments
import Foundation

extension Harness {
  /// The readers of the program itself; all others are those of its libraries.
  static let ofProgram: [Harness] = [.yaml, .spec, .overrides, .deepdetect, .request]

  static let yaml = Harness(
    name: "yaml", about: "YAML text, as specs and records are read", words: yamlWords,
    seeds: {
      (specs + [
        "%YAML 1.2\n---\na: !replace {b: &c 1}\n...\n", "a: |\n b\nc: >-\n d\n", "? a\n: *b",
      ])
      .bytes
    }
  ) { bytes in
    guard let source = try? SourceText.decoding(bytes, name: "spec.yaml") else { return }
    _ = try? YAMLParser.parse(source, allowsReplacements: true)
    _ = try? YAMLParser.parse(source, allowsControls: true)
  }

  static let spec = Harness(
    name: "spec", about: "specs up to their trials: base files, sections, sweeps, checks",
    words: yamlWords + specWords, seeds: { specs.bytes }
  ) { bytes in
    // Without slashes a text can name nothing outside of the scratch folder.
    guard !bytes.contains(UInt8(ascii: "/")), bytes.count <= 1 << 14,
      let source = try? SourceText.decoding(bytes, name: "\(ScratchFolder.path)/spec.yaml")
    else { return }
    do throws(SpecErrors) {
      _ = try ExperimentSpec.load(source, folder: ScratchFolder.path).plan()
    } catch {
      // Each problem is shown with its line.
      _ = error.description
    }
  }

  static let overrides = Harness(
    name: "overrides", about: "options --set path=value, one a line",
    words: ["+", "~", "=", ".", "sweep.seeds", "losses.0", "data.size", "[0]"],
    seeds: {
      ["solver.base_lr=0.1\n~about\n+tags=[a, b]", "losses.0.dice.weight=2\nsweep.seeds=+5"].bytes
    }
  ) { bytes in
    guard !bytes.contains(UInt8(ascii: "/")), let text = String(validating: bytes, as: UTF8.self)
    else { return }
    let options = text.split(separator: "\n").map(String.init)
    do throws(SpecErrors) {
      _ = try ExperimentSpec.load(
        SourceText(name: "spec.yaml", text: specs[1]), folder: ScratchFolder.path,
        overrides: options
      ).plan()
    } catch {
      _ = error.description
    }
  }

  static let deepdetect = Harness(
    name: "deepdetect", about: "training calls of DeepDetect, as JSON, curl, Python and notebooks",
    words: [
      "post_train", "put_service", "Segmentation", "parameters", "{", "}", "dict(", "\"cells\"",
    ],
    seeds: {
      [
        #"{"service":"seg","async":true,"parameters":{"mllib":{"net":{"batch_size":4},"solver":{"base_lr":1e-3}}},"data":["train.txt"]}"#,
        "dd.post_train('seg', ['a.txt'], {}, {'gpu': True, 'solver': dict(iterations=3)}, {}, jasync=True)\n",
        #"curl -X POST "http://localhost:8080/train" -d '{"service": "s", "data": ["a", 'b']}'"#,
        #"{"cells": [{"cell_type": "code", "source": ["Segmentation(sname='a', clip=True)"]}]}"#,
      ].bytes
    }
  ) { bytes in
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    _ = DeepDetectText(text)
  }

  static let request = Harness(
    name: "request", about: "requests to the dashboard",
    words: [
      "GET ", "HEAD ", "POST ", " HTTP/1.1\r\n", "Host: ", "Cookie: ", "Origin: ", "?t=", "%2e%2e",
      "\r\n\r\n",
    ],
    seeds: {
      [
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n",
        "GET /?t=0123456789abcdef0123456789abcdef HTTP/1.1\r\nHost: localhost:8080\r\nAccept: */*\r\n\r\n",
        "HEAD /image/00ff.png?a=b&c HTTP/1.0\r\nHost: a\r\nCookie: x=1; experiments-8080=00\r\n\r\n",
        "GET /events HTTP/1.1\r\nHost: a\r\nLast-Event-ID: 12\r\nSec-Fetch-Site: same-origin\r\n"
          + "Content-Length: 0\r\nOrigin: http://127.0.0.1:8080\r\n\r\n",
      ].bytes
    }
  ) { bytes in
    guard case .request(let request) = HTTPRequest.parse(bytes) else { return }
    precondition(request.path.hasPrefix("/") && !request.path.contains(".."))
    _ = ServerAccess(port: 8080).decision(on: request)
    _ = request.cookie("experiments-8080")
  }

  private static let specs = [
    """
    experiment: shapes
    data: {generated: {train: 8, validation: 2, size: [96, 96], classes: 4}}
    template: unet
    losses: dice
    solver: {type: SGD, base_lr: 0.01}
    training: {epochs: 3}
    """,
    """
    experiment: camvid-losses
    about: Which loss serves small classes best?
    tags: [camvid, losses]
    seed: 7
    data: {generated: {train: 8, validation: 2, size: [96, 96], classes: 4}, normalize: {mean: [0.5], std: [0.25]}}
    template: {name: unet, base_channels: 16, depth: 3}
    losses:
      - cross_entropy: {weight: 0.7, class_weights: [1, 2.5, 1e-3, 3]}
      - dice
    solver: {type: SGD, base_lr: 1e-2, weight_decay: 1e-4, momentum: 0.95, schedule: {poly: {power: 0.9}}}
    augmentation: [mirror, {rotate: {degrees: 5, border: reflect}}, {random_crop: {size: [64, 64]}}]
    training: {iterations: 75000, batch_size: 2, device: openblas}
    evaluation: {every: 500, batch_size: 1}
    checkpoints: {every: 1000 iterations, keep: {best: 0, last: 1}}
    limits: {threads: 2, memory: 8 GB, cache_memory: 2 GB}
    sweep:
      solver.base_lr: {log_uniform: [1e-4, 1e-1]}
      losses: [dice, cross_entropy]
      seeds: 2
    """,
    """
    experiment: layers
    data: {train: [a.txt, {list: b.txt, weight: 0.3}], validation: 0.2, classes: [sky, road], ignore: [255], size: [32, 48]}
    template: {layers: [{convolution: {channels: 8}}, relu, {convolution: {channels: 2, kernel: 1}}]}
    losses: {dice: {weight: 1}}
    solver: {type: ADAM, base_lr: 0.001, schedule: [{step: {every: 10 epochs}}]}
    training: {epochs: 3, early_stopping: {patience: 10 epochs, monitor: validation.mean_iou}}
    sweep:
      method: tpe
      trials: 20
      batch: 4
      parameters:
        solver.base_lr: {uniform: [0.1, 1]}
        solver.type: {choice: [SGD, ADAM]}
      pruner: {median: {}}
    """,
  ]

  private static let yamlWords = [
    ": ", "- ", "{", "}", "[", "]", "? ", "| ", ">-", "&a", "*a", "!replace", "<<: ", "---", "...",
    "%YAML",
    "\u{FEFF}", "\u{A0}", "\u{85}", "\u{2028}", "\t", "'", "\"", "# ", "\\x0a", "\n  ", "\r\n",
  ]

  private static let specWords = [
    "experiment:", "data:", "template:", "losses:", "solver:", "training:", "evaluation:", "sweep:",
    "checkpoints:", "limits:", "augmentation:", "weights:", "base:", "seeds:", "folds:", "zip:",
    "when:",
    "require:", "start:", "choice:", "range:", "step:", "uniform:", "log_uniform:", "method:",
    "trials:",
    "batch:", "pruner:", "grid", "random", "sobol", "halton", "latin_hypercube", "tpe", "gp",
    "cma_es",
    "asha", "hyperband", "median", "percentile", "patience", "epochs:", "iterations:",
    "batch_size:",
    "size:", "classes:", "generated:", "layers:", "schedule:", "1e300", "9223372036854775807", "-1",
    "0.0",
    ".inf", ".nan", "true", "null", "10 epochs", "2 GB", "unet", "deeplabv3plus", "cross_entropy",
    "dice",
  ]
}
