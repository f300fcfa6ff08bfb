import Foundation
@testable import Groundwork
@testable import ModelFiles
@testable import Networks
import Testing
import WeightFiles

@Suite struct SafeTensorsWriterTests {
  @Test(
    "the file counts its header, which ends at a multiple of eight, and has the values behind it")
  func bytes() throws {
    let data = SafeTensorsWriter.data(
      of: [
        .init(name: "a\"\n", shape: [2], values: [1, -2]), .init(name: "b", shape: [], values: [3]),
      ],
      metadata: [("program", "test")])
    let header =
      #"{"__metadata__":{"program":"test"},"a\"\u000a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
      + #""b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    var expected = Data([UInt8(padded.utf8.count), 0, 0, 0, 0, 0, 0, 0])
    expected += Data(padded.utf8) + ModelFilesTests.bytes("00 00 80 3f 00 00 00 c0 00 00 40 40")
    #expect(data == expected)
  }

  @Test("this program's reader finds the tensors again")
  func reading() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).safetensors")
    defer { try? FileManager.default.removeItem(at: path) }
    let tensors: [SafeTensorsWriter.Tensor] = [
      .init(name: "encoder.conv1.weight", shape: [1, 2, 1, 2], values: [1, 2, 3, 4]),
      .init(name: "encoder.bn1.scale", shape: [2], values: [-1, .infinity]),
    ]
    try SafeTensorsWriter.data(of: tensors).write(to: path)
    let file = try WeightFile.open(path.path)
    #expect(file.tensors.map(\.name) == tensors.map(\.name))
    #expect(file.tensors.map(\.shape) == tensors.map(\.shape))
    #expect(try file.tensors.map { try file.values(of: $0) } == tensors.map(\.values))
  }

  private func network(
    _ template: String, _ settings: [String: FieldValue] = [:], channels: Int = 3
  ) throws -> Network {
    try TemplateCase(template, settings).make().network(
      input: NetworkInput(channels: channels, size: Size(square: 64)), classes: 21)
  }

  @Test("parameters of DeepLabV3 have torchvision's names", arguments: ["resnet50", "resnet101"])
  func torchvision(encoder: String) throws {
    let network = try network(
      "deeplabv3", ["encoder": .name(encoder), "auxiliary": .number(0.4)])
    let names = try TorchvisionNames(network)
    #expect(names.model == "deeplabv3_\(encoder)")
    let found = Set(
      (network.parameters.map(\.name) + network.statistics.map(\.name)).map { names($0) })
    #expect(found.count == network.parameters.count + network.statistics.count)
    // Names of torchvision 0.29's state dictionary.
    #expect(
      found.isSuperset(of: [
        "backbone.conv1.weight", "backbone.bn1.running_var", "backbone.layer1.0.downsample.1.bias",
        "backbone.layer4.2.bn3.running_mean", "classifier.0.convs.0.0.weight",
        "classifier.0.convs.4.1.weight", "classifier.0.convs.4.2.running_mean",
        "classifier.0.project.1.bias", "classifier.1.weight", "classifier.2.weight",
        "classifier.4.bias", "aux_classifier.0.weight", "aux_classifier.1.running_var",
        "aux_classifier.4.weight",
      ]))
  }

  @Test("networks that torchvision does not have are not given its names")
  func refusals() throws {
    func reason(_ network: Network) -> String? {
      do throws(ModelFileError) {
        _ = try TorchvisionNames(network)
        return nil
      } catch {
        return error.reason
      }
    }
    let refused = "torchvision has no such network: "
    #expect(
      try reason(network("unet")) == refused + "of ours it has deeplabv3 alone, and this is unet")
    #expect(
      try reason(network("deeplabv3", channels: 1))
        == refused + "its images have 3 channels, and these 1")
    #expect(
      try reason(network("deeplabv3", ["output_stride": .name("16")]))
        == refused + "its output stride is 8, and this network has another")
  }
}
