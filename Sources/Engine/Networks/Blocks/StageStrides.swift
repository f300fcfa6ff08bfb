/// The strides of an encoder's stages, which become dilations once the output stride is reached, so that
/// the kernels go on reading neighbours as far apart in the image as they were trained to (Chen et al.
/// 2015, "atrous" convolution).
struct StageStrides {
  let outputStride: Int
  /// That of the map that the stages before have left.
  private(set) var stride: Int
  private(set) var dilation = 1

  /// - Parameter start: the stride of the map that the first stage begins with.
  init(outputStride: Int, from start: Int = 1) {
    self.outputStride = outputStride
    stride = start
  }

  /// What becomes of a stage that divides the resolution by a factor.
  mutating func next(_ factor: Int) -> StageStride {
    let before = dilation
    if stride * factor > outputStride {
      dilation *= factor
      return StageStride(stride: 1, dilation: before, dilationAfter: dilation)
    }
    stride *= factor
    return StageStride(stride: factor, dilation: before, dilationAfter: dilation)
  }
}

/// How one stage of an encoder reads its input.
struct StageStride {
  /// Of the convolution or pooling that divides the resolution; 1 where the stage dilates instead.
  var stride: Int
  /// Of that convolution and what comes before it.
  var dilation: Int
  /// Of everything behind it.
  var dilationAfter: Int

  /// The blocks of the stage behind the first.
  var rest: StageStride {
    StageStride(stride: 1, dilation: dilationAfter, dilationAfter: dilationAfter)
  }
  /// The same with every dilation multiplied.
  func dilated(by factor: Int) -> StageStride {
    StageStride(
      stride: stride, dilation: dilation * factor, dilationAfter: dilationAfter * factor)
  }
}
