package import Groundwork

/// 56 convolutions; 1,376,988 parameters at 12 classes.
package struct FCDenseNet56: FCDenseNetFamily {
  package static let name = "fc_densenet56"
  package static let about =
    "Dense blocks in the form of a U-Net: few parameters, much memory; the smallest of three."
  package static let example = "template: fc_densenet56"

  package let design: FCDenseNetDesign

  package init(_ values: FieldValues) {
    design = FCDenseNetDesign(
      values, growth: 12, layers: [4, 4, 4, 4, 4], bottomLayers: 4)
  }
}

/// 67 convolutions; 3,463,532 parameters at 12 classes.
package struct FCDenseNet67: FCDenseNetFamily {
  package static let name = "fc_densenet67"
  package static let about = "Dense blocks in the form of a U-Net; the middle of three."
  package static let example = "template: {name: fc_densenet67, dropout: 0.1}"

  package let design: FCDenseNetDesign

  package init(_ values: FieldValues) {
    design = FCDenseNetDesign(
      values, growth: 16, layers: [5, 5, 5, 5, 5], bottomLayers: 5)
  }
}

/// 103 convolutions, the One Hundred Layers Tiramisu; 9,322,348 parameters at 12 classes.
package struct FCDenseNet103: FCDenseNetFamily {
  package static let name = "fc_densenet103"
  package static let about =
    "Dense blocks in the form of a U-Net, the One Hundred Layers Tiramisu; the largest of three."
  package static let example = "template: {name: fc_densenet103, norm: group}"

  package let design: FCDenseNetDesign

  package init(_ values: FieldValues) {
    design = FCDenseNetDesign(
      values, growth: 16, layers: [4, 5, 7, 10, 12], bottomLayers: 15)
  }
}
