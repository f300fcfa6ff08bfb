package import Groundwork

extension Registry where Member == any Layer.Type {
  /// The layers that a spec can write a network of.
  package static var layers: Registry { layersList }
}

private let layersList = Registry<any Layer.Type>(
  kind: "layer",
  [
    ConvolutionLayer.self,
    TransposedConvolutionLayer.self,
    BatchNormLayer.self,
    GroupNormLayer.self,
    InstanceNormLayer.self,
    ReLULayer.self,
    ReLU6Layer.self,
    LeakyReLULayer.self,
    PReLULayer.self,
    SigmoidLayer.self,
    SwishLayer.self,
    MaxPoolLayer.self,
    MaxUnpoolLayer.self,
    AveragePoolLayer.self,
    AdaptiveAveragePoolLayer.self,
    ResizeLayer.self,
    CropLayer.self,
    ConcatenateLayer.self,
    AddLayer.self,
    MultiplyLayer.self,
    PadChannelsLayer.self,
    PixelShuffleLayer.self,
    ChannelShuffleLayer.self,
    DropoutLayer.self,
    SpatialDropoutLayer.self,
  ]
) { $0 }

/// One operation of a network that a spec writes layer by layer.
package protocol Layer: Component {
  /// The field that a spec may write in place of a mapping of fields: `dropout: 0.1`.
  static var mainField: String? { get }
  /// Adds the layer behind the chain's value, which its output then is.
  ///
  /// - Parameter name: the name of its node, with which the names of its parameters begin.
  /// - Throws: ``ComponentError`` where the value, or one that it names, does not fit.
  func append(_ name: String, to chain: inout LayerChain) throws(ComponentError)
}

extension Layer {
  package static var mainField: String? { nil }
}
