import CKernels
@testable import Execution
import Foundation
@testable import Groundwork
@testable import Learning
@testable import Networks
@testable import Tasks
import Testing

/// `Fixtures/detection/make.py` says how torchvision's numbers came about.
@Suite("Mask R-CNN beside torchvision's")
struct MaskRCNNParityTests {
  private struct Fixture: Decodable {
    let boxes: [[Float]]
    let scores: [Float]
    let labels: [Int]
    let mask_pixels: [Int]
    let masks: [String]
    let losses: [String: Double]
    let gradients: [String: Gradient]

    struct Gradient: Decodable {
      let norm: Double
      let sum: Double
      let values: [Double]
    }
  }

  private let fixture: Fixture
  private let network: Network
  private let size = Size(height: 128, width: 96)

  init() throws {
    let folder = try #require(Bundle.module.resourceURL)
    fixture = try JSONDecoder().decode(
      Fixture.self,
      from: Data(contentsOf: folder.appending(path: "Fixtures/detection/mask_rcnn.json")))
    var network = try makeTemplate(
      "mask_rcnn",
      [
        "encoder": .name("resnet18"), "out_channels": .integer(32),
        "representation_size": .integer(64), "anchor_sizes": .numbers([8, 16, 32, 64, 128]),
        "rpn_batch_size_per_image": .integer(100_000), "rpn_pre_nms_top_n_train": .integer(200),
        "rpn_pre_nms_top_n_test": .integer(200), "rpn_post_nms_top_n_train": .integer(150),
        "rpn_post_nms_top_n_test": .integer(150), "box_batch_size_per_image": .integer(400),
        "box_positive_fraction": .number(0.99), "box_score_thresh": .number(0.1),
        "box_detections_per_img": .integer(30),
      ]
    ).network(input: NetworkInput(channels: 3, size: size), classes: 3)
    for index in network.nodes.indices {
      if case .batchNorm(var norm) = network.nodes[index].operation {
        norm.isFrozen = true
        network.nodes[index].operation = .batchNorm(norm)
      }
    }
    self.network = network
  }

  /// Sines, the same after 4093 values.
  private func waves(_ count: Int, _ phase: Double) -> [Double] {
    (0..<min(count, 4093)).map { sin(Double($0) * 0.7310585 + phase) }
  }

  private var image: [Float] {
    let pixels = waves(3 * size.area, 0.5)
    return (0..<3 * size.area).map { index in
      let (y, x) = (index % size.area).quotientAndRemainder(dividingBy: size.width)
      return Float(
        pixels[index % pixels.count] * 0.5 + (sin(Double(y) * 0.11) + cos(Double(x) * 0.07)))
    }
  }

  /// Two ellipses and a square: classes, ids, and a plane that nothing looks at.
  private var planes: [Label] {
    var planes = [Label](repeating: 0, count: 3 * size.area)
    let objects = [(1, 10, 8, 40, 30), (2, 60, 20, 24, 24), (1, 70, 50, 50, 40)]
    for (number, (kind, top, left, height, width)) in objects.enumerated() {
      for y in top..<top + height {
        for x in left..<left + width {
          let dy = Double(2 * (y - top) + 1 - height) / Double(height)
          let dx = Double(2 * (x - left) + 1 - width) / Double(width)
          guard kind == 2 || dy * dy + dx * dx <= 1 else { continue }
          planes[y * size.width + x] = Label(kind)
          planes[size.area + y * size.width + x] = Label(number + 1)
        }
      }
    }
    return planes
  }

  /// Sines of places, as the script has them.
  private func fill(_ tensors: FlatTensors, _ names: [(name: String, shape: [Int])]) {
    for (index, (name, shape)) in names.enumerated() {
      var checksum = UInt32.max
      for byte in name.utf8 {
        checksum ^= UInt32(byte)
        for _ in 0..<8 { checksum = checksum >> 1 ^ (checksum & 1 == 1 ? 0xEDB8_8320 : 0) }
      }
      let role = name.split(separator: ".").last ?? ""
      let fan =
        name.contains("conv5_mask") ? shape[0] : shape.dropFirst().reduce(1, *)
      let values = waves(shape.reduce(1, *), Double(~checksum % 1000)).map { value in
        switch role {
        case "mean", "bias", "shift": Float(value * 0.1)
        case "scale", "variance": Float(1 + value * 0.25)
        default: Float(value * (3 / Double(fan)).squareRoot())
        }
      }
      let tensor = tensors[index]
      for first in stride(from: 0, to: tensor.count, by: values.count) {
        let count = min(values.count, tensor.count - first)
        (tensor.baseAddress! + first).update(from: values, count: count)
      }
    }
    tensors.upload()
  }

  private func plan(_ purpose: ExecutionPlan.Purpose, _ device: any Device) throws -> ExecutionPlan
  {
    let state = NetworkState(network, seed: 0, on: device)
    fill(state.parameters, network.parameters.map { ($0.name, $0.shape) })
    fill(state.statistics, network.statistics.map { ($0.name, $0.shape) })
    let plan = try ExecutionPlan(
      network, batch: 1, purpose: purpose, device: device, threads: 2)
    plan.allocate(state)
    plan.load(image)
    return plan
  }

  private func head(_ name: String, of plan: ExecutionPlan) throws -> [Float] {
    let index = try #require(plan.headLayouts.firstIndex { $0.name == name })
    plan.heads.bringToHost(index)
    return ExecutionPlan.plain(plan.heads.values[index], plan.headLayouts[index].layout)
  }

  @Test("boxes, scores, classes and masks are torchvision's")
  func prediction() throws {
    let plan = try plan(.prediction, OpenBLASDevice())
    plan.forward()
    let table = try head(RegionHeads.detections, of: plan)
    let rows = table.count / RegionColumns.detections
    func column(_ column: Int, _ row: Int) -> Float { table[column * rows + row] }
    #expect((0..<rows).count { column(4, $0) != 0 } == fixture.boxes.count)
    let logits = try head(RegionHeads.maskLogits, of: plan)
    for (number, box) in fixture.boxes.enumerated() {
      // Scores that differ in the last digit may change places.
      func difference(_ row: Int) -> Float {
        (0..<4).reduce(Int(column(5, row)) == fixture.labels[number] ? 0 : .infinity) {
          max($0, abs(column($1, row) - box[$1]))
        }
      }
      let row = try #require((0..<rows).min { difference($0) < difference($1) })
      #expect(difference(row) < 0.1, "box \(number)")
      #expect(abs(column(6, row) - fixture.scores[number]) < 1e-3, "score \(number)")
      let first = (fixture.labels[number] * rows + row) * 784
      let mask = logits[first..<first + 784].map { 1 / (1 + exp(-$0)) }
      var drawn = [Float](repeating: 0, count: 3 * size.area)
      let own = (0..<4).map { column($0, row) }
      let pixels = ck_mask_draw(
        mask, 28, own, 0.5, 1, 1, 1, &drawn, Int32(size.height), Int32(size.width))
      let expectedPixels = fixture.mask_pixels[number]
      #expect(abs(Int(pixels) - expectedPixels) <= expectedPixels / 100 + 1, "mask \(number)")
      guard number < fixture.masks.count else { continue }
      let expected = fixture.masks[number].map { $0 == "1" }
      let found = (0..<expected.count).map { place in
        let (y, x) = place.quotientAndRemainder(dividingBy: size.width / 4)
        return drawn[4 * y * size.width + 4 * x] != 0
      }
      let both = zip(expected, found).count { $0 && $1 }
      let either = zip(expected, found).count { $0 || $1 }
      #expect(Double(both) >= 0.99 * Double(either), "mask \(number)")
    }
  }

  @Test("losses and gradients of a step are torchvision's", arguments: ["openblas", "onednn"])
  func training(device: String) throws {
    let task = try #require(
      try Registry.tasks.makeDefault("instances", ["decode": .name("detections")])
        as? any SegmentationTask)
    let plan = try plan(
      .training,
      device == "onednn"
        ? try OneDNNDevice(algorithms: AlgorithmSelection(.always(.direct))) : OpenBLASDevice())
    let names = ["objectness", "rpn_box_reg", "classifier", "box_reg", "mask"]
    let losses = try LossSum(
      names.map {
        WeightedLoss(
          loss: try #require(try Registry.losses.makeDefault($0) as? any Loss), weight: 1)
      },
      context: LossContext(
        heads: plan.headLayouts,
        statistics: ClassStatistics(pixels: [1, 1, 1], pixelsOfImagesWithClass: [1, 1, 1]),
        threads: 1, truth: task.reading.trainedTruth(classes: 3)))
    planes.withUnsafeBufferPointer { labels in
      let labels = labels.baseAddress!
      plan.forward(seed: 1, step: 0, labels: labels)
      _ = losses.evaluate(plan.heads, LossTarget(labels: labels))
    }
    plan.backward()
    for (name, value) in zip(names, losses.values) {
      let expected = try #require(
        fixture.losses["loss_\(name)"], "\(fixture.losses.keys)")
      #expect(abs(value - expected) <= 1e-3 * abs(expected), "\(name)")
    }
    plan.parameterGradients.download()
    var compared = 0
    for (index, parameter) in network.parameters.enumerated() {
      guard let expected = fixture.gradients[parameter.name] else { continue }
      compared += 1
      let gradient = plan.parameterGradients[index].map { Double($0) }
      let norm = gradient.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(norm - expected.norm) <= 1e-3 * expected.norm, "\(parameter.name)")
      for (place, value) in expected.values.enumerated() {
        let own = gradient[
          Int((Double(place * (gradient.count - 1)) / 4).rounded(.toNearestOrEven))]
        #expect(abs(own - value) <= 1e-3 * expected.norm, "\(parameter.name) at \(place)")
      }
    }
    #expect(compared == fixture.gradients.count)
  }
}
