/// 1 / (1 + e⁻ˣ).
struct Sigmoid: ShapeKeepingOperation {}

/// x · sigmoid(x) (Ramachandran, Zoph & Le 2017), PyTorch's SiLU.
struct Swish: ShapeKeepingOperation {}

extension OperationWriter {
  mutating func sigmoid(_ input: Feature) -> Feature { append("sigmoid", .sigmoid, [input])[0] }

  mutating func swish(_ input: Feature) -> Feature { append("swish", .swish, [input])[0] }
}
